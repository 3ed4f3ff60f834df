package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import dev.rondo.cuda.Products.Matrix;
import dev.rondo.cuda.Scratch.Use;
import org.jspecify.annotations.Nullable;

/** Simple recurrent units, in one direction or both: a product for all gates, then the fused recurrence. */
final class SruLayer implements DeviceLayer {
    /** Of the gradients by f and r, and of these times c. */
    private static final int SUMS = 4;

    private final Tools tools;
    private final SruForm form;
    private final Extent extent;
    private final Packing weight;
    private final Packing bias;
    private final Packing peek;
    private final DeviceArray w;
    private final DeviceArray b;
    private final DeviceArray v;
    private final DeviceArray gates;
    private final DeviceArray first;
    private final DeviceArray last;
    private final DeviceArray dw;
    private final DeviceArray vectors;
    private final @Nullable DeviceArray c;
    private final @Nullable DeviceArray mask;
    private final @Nullable DeviceArray keys;
    private final Recurrence forward;
    private final @Nullable Recurrence backward;
    private boolean masked;

    SruLayer(Tools tools, SruForm form, LayerUse use, Extent extent) {
        this.tools = tools;
        this.form = form;
        this.extent = extent;
        Arena arena = tools.arena();
        int width = form.width();
        weight = form.weight(use);
        bias = form.bias(use);
        peek = form.peek(use);
        w = arena.array(weight.length());
        b = arena.array(bias.length());
        v = arena.array(peek.length());
        gates = arena.array(extent.values(form.gates() * width));
        first = arena.array((long) extent.batch() * width);
        last = arena.array((long) extent.batch() * width);
        dw = arena.array(tools.training() ? weight.length() : 0);
        vectors = arena.array((long) SUMS * width);
        c = tools.training() ? arena.array(extent.values(width)) : null;
        boolean drops = form.dropout() > 0 && tools.training();
        mask = drops ? arena.array((long) extent.batch() * width) : null;
        keys = drops ? arena.array(2L * extent.batch()) : null;
        forward = recurrence(
                form.fed() ? "sru_fed_forward" : "sru_v1_forward", "sru_forward", !form.fed(), Walk.FORWARD_TILE, 0);
        backward = tools.training() ? recurrence("sru_backward", "sru_backward", true, Walk.BACKWARD_TILE, SUMS) : null;
        if (tools.training()) {
            int rows = Math.toIntExact(extent.rows());
            int columns = form.gates() * width;
            tools.scratch().reserve(Use.GATE_GRADIENTS, extent.values(columns));
            tools.scratch().reserve(Use.PRODUCTS, tools.products().workspace(form.inputs(), columns, rows));
            if (backward != null) {
                tools.scratch().reserve(Use.PRODUCTS, Rows.workspace(backward.parts(), SUMS * width));
            }
            if (form.skipsInput()) {
                tools.scratch().reserve(Use.SKIP_GRADIENTS, extent.values(width));
            }
        }
    }

    private Recurrence recurrence(String name, String file, boolean scan, int tile, int summed) {
        int width = form.width();
        boolean quads = form.units() % 4 == 0;
        Walk walk = tools.walks().of(scan, extent.steps(), extent.batch(), width, tile, quads, tools.multiprocessors());
        return new Recurrence(tools.kernels(), tools.arena(), file, name, walk, tile, summed, extent);
    }

    @Override
    public void parameters(float[][] values) {
        weight.pack(values, w);
        bias.pack(values, b);
        peek.pack(values, v);
    }

    @Override
    public void begin(DeviceArray x, float[][] states, Draws draws) {
        masked = draws.training() && mask != null;
        if (masked) {
            draw(draws);
        }
        if (carries()) {
            first.upload(states[0]);
        }
    }

    /** What goes both ways begins anew with each piece. */
    private boolean carries() {
        return form.directions() == 1;
    }

    @Override
    public void forward(DeviceArray x, DeviceArray y) {
        int columns = form.gates() * form.width();
        int rows = Math.toIntExact(extent.rows());
        Matrix from = new Matrix(x, form.inputs());
        Matrix to = new Matrix(gates, columns);
        tools.products().multiply(rows, columns, form.inputs(), from, new Matrix(w, columns), to, false);
        forward.run(cell(x, carries() ? first : null, y, c, last));
    }

    @Override
    public void states(DeviceArray x, float[][] after) {
        if (carries()) {
            last.download(after[0]);
        }
    }

    private void draw(Draws draws) {
        if (mask == null || keys == null) {
            throw new IllegalStateException("there is no mask");
        }
        double keep = 1 - form.dropout();
        for (int d = 0; d < form.directions(); d++) {
            keys.upload(draws.forAllSteps(d));
            DeviceArray part = mask.from((long) d * form.units());
            tools.rows()
                    .draw(
                            extent.batch(),
                            form.units(),
                            form.width(),
                            extent.batch(),
                            keys,
                            keep,
                            (float) (1 / keep),
                            null,
                            part);
        }
    }

    /** The arguments of the cell, then {@code more}. */
    private @Nullable Object[] cell(DeviceArray x, @Nullable Object... more) {
        int stride = form.gates() * form.width();
        DeviceArray skip = form.skipsInput() ? x : form.projects() ? gates.from(3L * form.width()) : null;
        @Nullable Object[] all = new Object[10 + more.length];
        all[0] = gates;
        all[1] = stride;
        all[2] = b;
        all[3] = form.fed() ? v : null;
        all[4] = skip;
        all[5] = form.skipsInput() ? form.inputs() : stride;
        all[6] = form.skipsInput() ? form.units() : form.width();
        all[7] = (float) form.alpha();
        all[8] = masked ? mask : null;
        all[9] = form.tanh() ? 1 : 0;
        System.arraycopy(more, 0, all, 10, more.length);
        return all;
    }

    @Override
    public void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx) {
        if (backward == null) {
            throw new IllegalStateException("the program is not for training");
        }
        int width = form.width();
        int columns = form.gates() * width;
        int rows = Math.toIntExact(extent.rows());
        DeviceArray d = tools.scratch().of(Use.GATE_GRADIENTS);
        DeviceArray workspace = tools.scratch().of(Use.PRODUCTS);
        DeviceArray dskip = form.skipsInput()
                ? tools.scratch().of(Use.SKIP_GRADIENTS)
                : form.projects() ? d.from(3L * width) : null;
        int dskipStride = form.skipsInput() ? width : columns;
        backward.run(cell(x, carries() ? first : null, c, dy, d, backward.partial(), dskip, dskipStride));
        tools.rows().sum(backward.parts(), SUMS * width, backward.partial(), workspace, vectors);
        Matrix gate = new Matrix(d, columns);
        Matrix from = new Matrix(x, form.inputs());
        tools.products().transposedMultiply(form.inputs(), columns, rows, from, gate, dw, workspace);
        if (dx != null) {
            Matrix to = new Matrix(dx, form.inputs());
            tools.products().multiplyTransposed(rows, form.inputs(), columns, gate, new Matrix(w, columns), to, false);
            if (form.skipsInput() && dskip != null) {
                tools.rows().addDirections(rows, form.units(), form.directions(), dskip, dx);
            }
        }
    }

    @Override
    public void gradients(float[][] gradients) {
        weight.unpack(dw, gradients);
        bias.unpack(vectors, gradients);
        peek.unpack(vectors.from(2L * form.width()), gradients);
    }
}
