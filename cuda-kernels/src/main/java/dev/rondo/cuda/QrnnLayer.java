package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import dev.rondo.cuda.Products.Matrix;
import dev.rondo.cuda.Scratch.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quasi-recurrent network: for each input that the gates see a product, then the fused pooling.
 *
 * <p>Earlier inputs are the same memory some rows before; those before the piece are put there from the state.
 */
final class QrnnLayer implements DeviceLayer {
    private static final int FORWARD_TILE = 128;
    private static final int BACKWARD_TILE = 64;

    private final Tools tools;
    private final QrnnForm form;
    private final LayerUse use;
    private final Extent extent;
    private final List<Packing> weights = new ArrayList<>();
    private final List<DeviceArray> w = new ArrayList<>();
    private final Packing bias;
    private final DeviceArray b;
    private final DeviceArray gates;
    private final DeviceArray first;
    private final DeviceArray last;
    private final DeviceArray past;
    private final DeviceArray sums;
    private final @Nullable DeviceArray c;
    private final @Nullable DeviceArray renew;
    private final @Nullable DeviceArray keys;
    private final Recurrence forward;
    private final @Nullable Recurrence backward;
    private boolean begun;

    QrnnLayer(Tools tools, QrnnForm form, LayerUse use, Extent extent) {
        this.tools = tools;
        this.form = form;
        this.use = use;
        this.extent = extent;
        Arena arena = tools.arena();
        int width = form.width();
        int columns = form.gates() * width;
        for (int lag = 0; lag < form.window(); lag++) {
            weights.add(form.weight(use, lag));
            w.add(arena.array((long) form.inputs() * columns));
        }
        bias = form.bias(use);
        b = arena.array(columns);
        gates = arena.array(extent.values(columns));
        first = arena.array((long) extent.batch() * width);
        last = arena.array((long) extent.batch() * width);
        past = arena.array((long) before() * extent.batch() * form.inputs());
        sums = arena.array(Math.max(form.inputs() * columns, columns));
        c = tools.training() ? arena.array(extent.values(width)) : null;
        renew = form.zoneout() > 0 ? arena.array(extent.values(width)) : null;
        keys = form.zoneout() > 0 ? arena.array(2 * extent.rows()) : null;
        forward = recurrence("forward", FORWARD_TILE, 0);
        backward = tools.training() ? recurrence("backward", BACKWARD_TILE, form.gates()) : null;
        if (backward != null) {
            int rows = Math.toIntExact(extent.rows());
            tools.scratch().reserve(Use.GATE_GRADIENTS, extent.values(columns));
            tools.scratch().reserve(Use.PRODUCTS, tools.products().workspace(form.inputs(), columns, rows));
            tools.scratch().reserve(Use.PRODUCTS, Rows.workspace(backward.parts(), columns));
        }
    }

    private Recurrence recurrence(String direction, int tile, int summed) {
        boolean quads = form.units() % 4 == 0;
        Walk walk = tools.walks()
                .of(true, extent.steps(), extent.batch(), form.width(), tile, quads, tools.multiprocessors());
        String file = "qrnn_" + form.pooling();
        return new Recurrence(tools.kernels(), tools.arena(), file, file + "_" + direction, walk, tile, summed, extent);
    }

    @Override
    public int before() {
        return form.window() - 1;
    }

    @Override
    public void parameters(float[][] values) {
        for (int lag = 0; lag < form.window(); lag++) {
            w.get(lag).upload(weights.get(lag).pack(values));
        }
        b.upload(bias.pack(values));
    }

    @Override
    public float[][] forward(DeviceArray x, DeviceArray y, float[][] states, Draws draws) {
        int columns = form.gates() * form.width();
        int rows = Math.toIntExact(extent.rows());
        int history = slot("lag" + before());
        if (history >= 0) {
            x.from(-shift(before())).upload(states[history]);
        }
        for (int lag = 0; lag < form.window(); lag++) {
            Matrix earlier = new Matrix(x.from(-shift(lag)), form.inputs());
            Matrix weight = new Matrix(w.get(lag), columns);
            tools.products()
                    .multiply(rows, columns, form.inputs(), earlier, weight, new Matrix(gates, columns), lag > 0);
        }
        renew(draws);
        begun = form.directions() == 1;
        if (begun) {
            first.upload(states[slot("c")]);
        }
        forward.run(gates, b, renew, begun ? first : null, y, c, last);
        return after(x, states);
    }

    /** Values from a step of the input to the one {@code lag} steps later. */
    private long shift(int lag) {
        return (long) lag * extent.batch() * form.inputs();
    }

    /** Which channels take a new value in which step; in evaluation each takes the mean share of it. */
    private void renew(Draws draws) {
        if (renew == null || keys == null) {
            return;
        }
        double share = 1 - form.zoneout();
        boolean drawn = draws.training();
        for (int d = 0; d < form.directions(); d++) {
            if (drawn) {
                keys.upload(draws.forEachStep(d, d == 1));
            }
            tools.rows()
                    .draw(
                            extent.rows(),
                            form.units(),
                            form.width(),
                            Math.toIntExact(extent.rows()),
                            keys,
                            drawn ? share : 1,
                            drawn ? 1 : (float) share,
                            null,
                            renew.from((long) d * form.units()));
        }
    }

    private float[][] after(DeviceArray x, float[][] states) {
        float[][] after = new float[states.length][];
        for (int i = 0; i < after.length; i++) {
            after[i] = new float[states[i].length];
        }
        if (begun) {
            last.download(after[slot("c")]);
        }
        if (before() > 0) {
            tools.rows().lastSteps(extent, before(), form.inputs(), x.from(-shift(before())), past);
            for (int lag = 1; lag < form.window(); lag++) {
                past.from(shift(before() - lag)).download(after[slot("lag" + lag)]);
            }
        }
        return after;
    }

    /** Number of the state called {@code name}, negative where there is none. */
    private int slot(String name) {
        for (int i = 0; i < use.states().size(); i++) {
            if (use.states().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx, float[][] gradients) {
        if (backward == null) {
            throw new IllegalStateException("the program is not for training");
        }
        int columns = form.gates() * form.width();
        int rows = Math.toIntExact(extent.rows());
        DeviceArray d = tools.scratch().of(Use.GATE_GRADIENTS);
        DeviceArray workspace = tools.scratch().of(Use.PRODUCTS);
        backward.run(gates, b, renew, begun ? first : null, c, dy, d, backward.partial());
        tools.rows().sum(backward.parts(), columns, backward.partial(), workspace, sums);
        float[] vector = new float[columns];
        sums.download(vector);
        bias.unpack(vector, gradients);
        for (int lag = 0; lag < form.window(); lag++) {
            Matrix earlier = new Matrix(x.from(-shift(lag)), form.inputs());
            tools.products()
                    .transposedMultiply(form.inputs(), columns, rows, earlier, new Matrix(d, columns), sums, workspace);
            float[] matrix = new float[form.inputs() * columns];
            sums.download(matrix);
            weights.get(lag).unpack(matrix, gradients);
        }
        for (int lag = 0; dx != null && lag < Math.min(form.window(), extent.steps()); lag++) {
            int later = (extent.steps() - lag) * extent.batch();
            Matrix gate = new Matrix(d.from((long) lag * extent.batch() * columns), columns);
            Matrix weight = new Matrix(w.get(lag), columns);
            tools.products()
                    .multiplyTransposed(
                            later, form.inputs(), columns, gate, weight, new Matrix(dx, form.inputs()), lag > 0);
        }
    }
}
