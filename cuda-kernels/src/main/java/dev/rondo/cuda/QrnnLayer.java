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
    private final List<DeviceArray> dw = new ArrayList<>();
    private final DeviceArray db;
    private final @Nullable DeviceArray c;
    private final @Nullable DeviceArray renew;
    private final @Nullable DeviceArray keys;
    private final Recurrence forward;
    private final @Nullable Recurrence backward;

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
            dw.add(arena.array(tools.training() ? (long) form.inputs() * columns : 0));
        }
        bias = form.bias(use);
        b = arena.array(columns);
        gates = arena.array(extent.values(columns));
        first = arena.array((long) extent.batch() * width);
        last = arena.array((long) extent.batch() * width);
        past = arena.array((long) before() * extent.batch() * form.inputs());
        db = arena.array(tools.training() ? columns : 0);
        c = tools.training() ? arena.array(extent.values(width)) : null;
        renew = form.zoneout() > 0 ? arena.array(extent.values(width)) : null;
        keys = form.zoneout() > 0 ? arena.array(2 * extent.rows()) : null;
        forward = recurrence("forward", Walk.FORWARD_TILE, 0);
        backward = tools.training() ? recurrence("backward", Walk.BACKWARD_TILE, form.gates()) : null;
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
            weights.get(lag).pack(values, w.get(lag));
        }
        bias.pack(values, b);
    }

    @Override
    public void begin(DeviceArray x, float[][] states, Draws draws) {
        if (before() > 0) {
            x.from(-shift(before())).upload(states[slot("lag" + before())]);
        }
        renew(draws);
        if (carries()) {
            first.upload(states[slot("c")]);
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
        for (int lag = 0; lag < form.window(); lag++) {
            Matrix earlier = new Matrix(x.from(-shift(lag)), form.inputs());
            Matrix weight = new Matrix(w.get(lag), columns);
            tools.products()
                    .multiply(rows, columns, form.inputs(), earlier, weight, new Matrix(gates, columns), lag > 0);
        }
        forward.run(gates, b, renew, carries() ? first : null, y, c, last);
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

    @Override
    public void states(DeviceArray x, float[][] after) {
        if (carries()) {
            last.download(after[slot("c")]);
        }
        if (before() > 0) {
            tools.rows().lastSteps(extent, before(), form.inputs(), x.from(-shift(before())), past);
            for (int lag = 1; lag < form.window(); lag++) {
                past.from(shift(before() - lag)).download(after[slot("lag" + lag)]);
            }
        }
    }

    /** Number of the state called {@code name}. */
    private int slot(String name) {
        for (int i = 0; i < use.states().size(); i++) {
            if (use.states().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException(use.path() + " has no state " + name);
    }

    @Override
    public void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx) {
        if (backward == null) {
            throw new IllegalStateException("the program is not for training");
        }
        int columns = form.gates() * form.width();
        int rows = Math.toIntExact(extent.rows());
        DeviceArray d = tools.scratch().of(Use.GATE_GRADIENTS);
        DeviceArray workspace = tools.scratch().of(Use.PRODUCTS);
        backward.run(gates, b, renew, carries() ? first : null, c, dy, d, backward.partial());
        tools.rows().sum(backward.parts(), columns, backward.partial(), workspace, db);
        for (int lag = 0; lag < form.window(); lag++) {
            Matrix earlier = new Matrix(x.from(-shift(lag)), form.inputs());
            Matrix gate = new Matrix(d, columns);
            tools.products().transposedMultiply(form.inputs(), columns, rows, earlier, gate, dw.get(lag), workspace);
        }
        for (int lag = 0; dx != null && lag < Math.min(form.window(), extent.steps()); lag++) {
            int later = (extent.steps() - lag) * extent.batch();
            Matrix gate = new Matrix(d.from((long) lag * extent.batch() * columns), columns);
            Matrix weight = new Matrix(w.get(lag), columns);
            Matrix to = new Matrix(dx, form.inputs());
            tools.products().multiplyTransposed(later, form.inputs(), columns, gate, weight, to, lag > 0);
        }
    }

    @Override
    public void gradients(float[][] gradients) {
        bias.unpack(db, gradients);
        for (int lag = 0; lag < form.window(); lag++) {
            weights.get(lag).unpack(dw.get(lag), gradients);
        }
    }
}
