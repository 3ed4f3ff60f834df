package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A model under test with weights, and the inputs that tests feed it; all seeded.
 *
 * @param whole whether the input is a number of rows of a table, so that it must be whole
 */
record Subject(TracedModel model, float[][] parameters, boolean whole) {
    static final int[] WIDTHS = {3, 1, 4}; // a look-up takes one column, a residual layer its own width

    /** Traces {@code stack} with the first of {@code widths} that it accepts as the width of its input. */
    static Subject of(
            List<Configured<?>> stack,
            Gates gates,
            Function<String, Configured<Activation>> activations,
            int... widths) {
        UsageException refused = null;
        for (int width : widths) {
            try {
                return of(new Tracer(gates, activations).trace(stack, width));
            } catch (UsageException e) {
                refused = refused == null ? e : refused;
            }
        }
        throw refused == null ? new IllegalStateException("no width to try") : refused;
    }

    static Subject of(TracedModel model) {
        Random random = new Random(model.parameterCount());
        List<Stored> all = model.stored();
        float[][] parameters = new float[all.size()][];
        for (int p = 0; p < parameters.length; p++) {
            parameters[p] = new float[all.get(p).length()];
            all.get(p).init().fill(parameters[p], all.get(p).shape(), new Numbers(random));
            for (int i = 0; i < parameters[p].length; i++) {
                parameters[p][i] += (float) (0.2 * random.nextGaussian()); // so that no bias is zero
            }
        }
        return new Subject(model, parameters, looksUp(model));
    }

    private static boolean looksUp(TracedModel model) {
        for (Expr node : Graphs.reachable(model.output())) {
            if (node.op() == Op.GATHER) {
                return true;
            }
        }
        return false;
    }

    int inputs() {
        return model.input().width();
    }

    int outputs() {
        return model.output().width();
    }

    /** {@code steps} of {@code batch} rows; past a row's length stands not-a-number. */
    Sequences input(int steps, int batch, int... lengths) {
        Random random = new Random(31L * steps + batch);
        float[] values = new float[steps * batch * inputs()];
        for (int i = 0; i < values.length; i++) {
            values[i] = whole ? random.nextInt(20) : (float) random.nextGaussian();
        }
        double[] stamps = new double[steps * batch];
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < batch; b++) {
                stamps[t * batch + b] = (t == 0 ? 1000 + b : stamps[(t - 1) * batch + b]) + 0.1 + random.nextDouble();
            }
        }
        Sequences full = Sequences.of(steps, batch, inputs(), values).withStamps(stamps);
        return lengths.length == 0 ? full : cut(full, Float.NaN, lengths);
    }

    /** {@code full} with rows of these lengths, and {@code padding} behind them. */
    static Sequences cut(Sequences full, float padding, int... lengths) {
        float[] values = full.values().clone();
        for (int i = 0; i < values.length; i++) {
            int row = i / full.width() % full.batch();
            if (i / full.width() / full.batch() >= lengths[row]) {
                values[i] = padding;
            }
        }
        Sequences cut =
                Sequences.of(full.steps(), full.batch(), full.width(), values).withLengths(lengths);
        double[] stamps = full.stamps();
        return stamps == null ? cut : cut.withStamps(stamps);
    }

    /** A state in mid-stream, or the start where a model is not causal and so carries none. */
    ModelState start(int batch) {
        return model.causal() ? warm(batch) : cold(batch);
    }

    /** A state in mid-stream: nothing in it is zero. */
    ModelState warm(int batch) {
        Random random = new Random(17);
        List<StateSlot> slots = model.states();
        float[][] values = new float[slots.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[batch * slots.get(i).length()];
            for (int k = 0; k < values[i].length; k++) {
                values[i][k] = whole ? random.nextInt(20) : (float) (0.5 * random.nextGaussian());
            }
        }
        long[] seen = new long[batch];
        double[] origins = new double[batch];
        for (int b = 0; b < batch; b++) {
            seen[b] = 3 + 4L * b;
            origins[b] = 990 + b;
        }
        return ModelState.of(slots, batch, values, seen, origins);
    }

    ModelState cold(int batch) {
        return ModelState.zero(model.states(), batch);
    }

    /** Targets and weights for {@code input}; some valid steps have no weight, and padding has neither. */
    Oracle.Goal goal(Sequences input) {
        Random random = new Random(5);
        float[] target = new float[input.steps() * input.batch() * outputs()];
        float[] weights = new float[input.steps() * input.batch()];
        int[] lengths = input.lengths();
        for (int i = 0; i < weights.length; i++) {
            boolean valid = lengths == null || i / input.batch() < lengths[i % input.batch()];
            weights[i] = !valid || i % 7 == 5 ? 0 : random.nextFloat();
            for (int k = 0; k < outputs(); k++) {
                target[i * outputs() + k] = valid ? (float) random.nextGaussian() : 0;
            }
        }
        return new Oracle.Goal(Configured.of(new SquaredDistance()), target, weights);
    }

    /** The parameters with a random direction in their space. */
    Point direction(Point at) {
        Random random = new Random(23);
        Point direction = at.zero();
        for (double[] parameter : direction.parameters()) {
            for (int i = 0; i < parameter.length; i++) {
                parameter[i] = random.nextGaussian();
            }
        }
        return direction;
    }
}
