package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import dev.rondo.cuda.Products.Matrix;
import dev.rondo.cuda.QrnnForm.Look;
import dev.rondo.cuda.Scratch.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quasi-recurrent network, in one direction or both: for each input that the gates see a product, then the fused pooling.
 *
 * <p>Earlier and later inputs are the same memory some rows before and behind. Those before the piece are put there from the state;
 * those past a row's length are 0, as is what a direction sees before it begins.
 */
final class QrnnLayer implements DeviceLayer {
    /** A look, its weights and the gradient by them. */
    private record Weights(Look look, DeviceArray w, DeviceArray dw) {}

    private final Tools tools;
    private final QrnnForm form;
    private final LayerUse use;
    private final Extent extent;
    private final List<Weights> weights = new ArrayList<>();
    private final Packing bias;
    private final DeviceArray b;
    private final DeviceArray gates;
    private final DeviceArray first;
    private final DeviceArray last;
    private final DeviceArray past;
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
        for (Look look : form.looks(use)) {
            int length = look.weight().length();
            weights.add(new Weights(look, arena.array(length), arena.array(tools.training() ? length : 0)));
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
            for (Weights each : weights) {
                long words =
                        tools.products().workspace(form.inputs(), each.look().columns(), rows);
                tools.scratch().reserve(Use.PRODUCTS, words);
            }
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
    public int after() {
        return carries() ? 0 : form.window() - 1;
    }

    @Override
    public void parameters(float[][] values) {
        weights.forEach(each -> each.look().weight().pack(values, each.w()));
        bias.pack(values, b);
    }

    @Override
    public void begin(DeviceArray x, float[][] states, Draws draws) {
        renew(draws);
        DeviceArray earlier = x.from(-shift(before()));
        if (!carries()) {
            earlier.clear(shift(before()));
            return;
        }
        first.upload(states[slot("c")]);
        if (before() > 0) {
            earlier.upload(states[slot("lag" + before())]);
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
        for (Weights each : weights) {
            Look look = each.look();
            Matrix seen = seen(x, look);
            Matrix weight = new Matrix(each.w(), look.columns());
            Matrix to = new Matrix(gates.from(look.column()), columns);
            boolean more = look.offset() != 0;
            tools.products().multiply(rows, look.columns(), form.inputs(), seen, weight, to, more);
        }
        forward.run(gates, b, renew, carries() ? first : null, y, c, last);
    }

    /** The inputs that a look is at, one for each row of the gates. */
    private Matrix seen(DeviceArray x, Look look) {
        return new Matrix(x.from(shift(look.offset())), form.inputs());
    }

    /** Values from a step of the input to the one {@code steps} later. */
    private long shift(int steps) {
        return (long) steps * extent.batch() * form.inputs();
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
        if (!carries()) {
            return;
        }
        last.download(after[slot("c")]);
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
        for (Weights each : weights) {
            Look look = each.look();
            Matrix gate = new Matrix(d.from(look.column()), columns);
            tools.products()
                    .transposedMultiply(form.inputs(), look.columns(), rows, seen(x, look), gate, each.dw(), workspace);
        }
        if (dx != null) {
            weights.forEach(each -> addGradient(each, d, dx));
            if (after() > 0) { // the first steps past a row's length were seen from within it
                tools.rows().addBias(extent, form.inputs(), null, dx);
            }
        }
    }

    /** The gradient by the inputs of a look: that of step t of the gates belongs to step t + offset. */
    private void addGradient(Weights weights, DeviceArray d, DeviceArray dx) {
        Look look = weights.look();
        int columns = form.gates() * form.width();
        int rows = (extent.steps() - Math.abs(look.offset())) * extent.batch();
        if (rows > 0) {
            long from = (long) Math.max(0, -look.offset()) * extent.batch() * columns;
            Matrix gate = new Matrix(d.from(from + look.column()), columns);
            Matrix weight = new Matrix(weights.w(), look.columns());
            Matrix to = new Matrix(dx.from(shift(Math.max(0, look.offset()))), form.inputs());
            boolean more = look.offset() != 0;
            tools.products().multiplyTransposed(rows, form.inputs(), look.columns(), gate, weight, to, more);
        }
    }

    @Override
    public void gradients(float[][] gradients) {
        bias.unpack(db, gradients);
        weights.forEach(each -> each.look().weight().unpack(each.dw(), gradients));
    }
}
