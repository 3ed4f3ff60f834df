package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import dev.rondo.cuda.Products.Matrix;
import dev.rondo.cuda.Scratch.Use;
import org.jspecify.annotations.Nullable;

/** y = x W + b in every step. */
final class LinearLayer implements DeviceLayer {
    private final Tools tools;
    private final Extent extent;
    private final int inputs;
    private final int outputs;
    private final boolean biased;
    private final Packing weight;
    private final @Nullable Packing bias;
    private final DeviceArray w;
    private final DeviceArray b;
    private final DeviceArray sums;

    LinearLayer(Tools tools, LayerUse use, Extent extent) {
        this.tools = tools;
        this.extent = extent;
        inputs = use.inputs();
        outputs = use.outputs();
        biased = use.option("bias").equals("true");
        weight = new Packing(use, inputs, outputs).put("out.W", 0, 0, outputs);
        bias = biased ? new Packing(use, 1, outputs).put("out.b", 0, 0, outputs) : null;
        w = tools.arena().array(weight.length());
        b = tools.arena().array(outputs);
        sums = tools.arena().array(Math.max(weight.length(), outputs));
        if (tools.training()) {
            int rows = Math.toIntExact(extent.rows());
            tools.scratch().reserve(Use.PRODUCTS, tools.products().workspace(inputs, outputs, rows));
            tools.scratch().reserve(Use.PRODUCTS, Rows.workspace(rows, outputs));
        }
    }

    @Override
    public void parameters(float[][] values) {
        w.upload(weight.pack(values));
        if (bias != null) {
            b.upload(bias.pack(values));
        }
    }

    @Override
    public float[][] forward(DeviceArray x, DeviceArray y, float[][] states, Draws draws) {
        int rows = Math.toIntExact(extent.rows());
        tools.products()
                .multiply(
                        rows,
                        outputs,
                        inputs,
                        new Matrix(x, inputs),
                        new Matrix(w, outputs),
                        new Matrix(y, outputs),
                        false);
        if (biased || extent.lengths() != null) {
            tools.rows().addBias(extent, outputs, biased ? b : null, y);
        }
        return new float[0][];
    }

    @Override
    public void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx, float[][] gradients) {
        int rows = Math.toIntExact(extent.rows());
        DeviceArray workspace = tools.scratch().of(Use.PRODUCTS);
        Matrix d = new Matrix(dy, outputs);
        tools.products().transposedMultiply(inputs, outputs, rows, new Matrix(x, inputs), d, sums, workspace);
        float[] values = new float[weight.length()];
        sums.download(values);
        weight.unpack(values, gradients);
        if (bias != null) {
            tools.rows().sum(rows, outputs, dy, workspace, sums);
            float[] column = new float[outputs];
            sums.download(column);
            bias.unpack(column, gradients);
        }
        if (dx != null) {
            tools.products()
                    .multiplyTransposed(
                            rows, inputs, outputs, d, new Matrix(w, outputs), new Matrix(dx, inputs), false);
        }
    }
}
