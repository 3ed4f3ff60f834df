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
    private final Packing weight;
    private final @Nullable Packing bias;
    private final DeviceArray w;
    private final DeviceArray b;
    private final DeviceArray dw;
    private final DeviceArray db;

    LinearLayer(Tools tools, LayerUse use, Extent extent) {
        this.tools = tools;
        this.extent = extent;
        inputs = use.inputs();
        outputs = use.outputs();
        weight = new Packing(use, inputs, outputs).put("out.W", 0, outputs);
        bias = use.option("bias").equals("true") ? new Packing(use, 1, outputs).put("out.b", 0, outputs) : null;
        w = tools.arena().array(weight.length());
        b = tools.arena().array(outputs);
        dw = tools.arena().array(tools.training() ? weight.length() : 0);
        db = tools.arena().array(tools.training() ? outputs : 0);
        if (tools.training()) {
            int rows = Math.toIntExact(extent.rows());
            tools.scratch().reserve(Use.PRODUCTS, tools.products().workspace(inputs, outputs, rows));
            tools.scratch().reserve(Use.PRODUCTS, Rows.workspace(rows, outputs));
        }
    }

    @Override
    public void parameters(float[][] values) {
        weight.pack(values, w);
        if (bias != null) {
            bias.pack(values, b);
        }
    }

    @Override
    public void begin(DeviceArray x, float[][] states, Draws draws) {}

    @Override
    public void forward(DeviceArray x, DeviceArray y) {
        int rows = Math.toIntExact(extent.rows());
        Matrix to = new Matrix(y, outputs);
        tools.products().multiply(rows, outputs, inputs, new Matrix(x, inputs), new Matrix(w, outputs), to, false);
        tools.rows().addBias(extent, outputs, bias == null ? null : b, y);
    }

    @Override
    public void states(DeviceArray x, float[][] after) {}

    @Override
    public void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx) {
        int rows = Math.toIntExact(extent.rows());
        DeviceArray workspace = tools.scratch().of(Use.PRODUCTS);
        Matrix d = new Matrix(dy, outputs);
        tools.products().transposedMultiply(inputs, outputs, rows, new Matrix(x, inputs), d, dw, workspace);
        if (bias != null) {
            tools.rows().sum(rows, outputs, dy, workspace, db);
        }
        if (dx != null) {
            Matrix to = new Matrix(dx, inputs);
            tools.products().multiplyTransposed(rows, inputs, outputs, d, new Matrix(w, outputs), to, false);
        }
    }

    @Override
    public void gradients(float[][] gradients) {
        weight.unpack(dw, gradients);
        if (bias != null) {
            bias.unpack(db, gradients);
        }
    }
}
