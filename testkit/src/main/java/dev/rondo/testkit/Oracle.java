package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Loss;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A slow evaluator of traced equations in double precision, for comparison with engines.
 *
 * <p>It walks the expressions as they were written, one number after the other, and shares no code with the engine. Its
 * derivatives are forward-mode, one direction at a time; {@link #differences} checks them independently.
 */
public final class Oracle {
    private final TracedModel model;

    public Oracle(TracedModel model) {
        this.model = model;
    }

    /**
     * What an evaluation gives.
     *
     * @param output [time, batch, features]; zero past a row's length
     * @param slope derivative of the output along the direction that was asked for, else zero
     * @param states values in the order of the model's states, each [steps, batch, width]
     * @param seen steps of each row since its reset
     * @param origins time stamp of each row's first step
     */
    public record Outcome(double[] output, double[] slope, double[][] states, long[] seen, double[] origins) {}

    /** A weighted sum of the losses of all steps. */
    public record Goal(Objective objective, float[] target, float[] weights) {
        /** For targets that are numbers. */
        public Goal(Configured<Loss> loss, float[] target, float[] weights) {
            this(Objective.ofNumbers(loss, target.length / weights.length), target, weights);
        }
    }

    public Outcome evaluate(Point at, Setting setting) {
        return evaluate(at, null, setting);
    }

    /** The model's output at {@code at}, and its derivative along {@code direction}. */
    public Outcome evaluate(Point at, @Nullable Point direction, Setting setting) {
        Walk walk = walk(at, direction, setting, Map.of());
        NamedArray output = walk.of(model.output());
        NamedArray masked = walk.operations().zero(model.output().shape());
        for (int i = 0; i < masked.length(); i++) {
            if (setting.valid(masked.position(Axis.TIME, i), masked.position(Axis.BATCH, i))) {
                masked.set(i, output, i);
            }
        }
        List<StateSlot> slots = model.states();
        double[][] states = new double[slots.size()][];
        for (int i = 0; i < states.length; i++) {
            states[i] = walk.after(slots.get(i).name()).flat();
        }
        long[] seen = new long[setting.batch()];
        double[] origins = new double[setting.batch()];
        for (int row = 0; row < seen.length; row++) {
            seen[row] = setting.index(setting.lengths()[row], row);
            origins[row] = setting.origin(row);
        }
        return new Outcome(masked.value(), masked.tangent(), states, seen, origins);
    }

    /** The weighted sum of the losses. */
    public double loss(Point at, Setting setting, Goal goal) {
        return total(at, null, setting, goal)[0];
    }

    /** The value of a penalty. */
    public double penalty(Point at, Setting setting, Penalty penalty) {
        Map<Expr, NamedArray> kept = new IdentityHashMap<>();
        Operations operations = new Operations(setting);
        for (int i = 0; i < penalty.buffers().size(); i++) {
            NamedArray value = operations.zero(penalty.buffers().get(i).shape());
            double[] stored = at.parameters()[model.stored().size() + i];
            System.arraycopy(stored, 0, value.value(), 0, stored.length);
            kept.put(penalty.buffers().get(i).leaf(), value);
        }
        return walk(at, null, setting, kept).of(penalty.value()).value()[0];
    }

    /** The derivative of the loss along {@code direction}. */
    public double slope(Point at, Point direction, Setting setting, Goal goal) {
        return total(at, direction, setting, goal)[1];
    }

    /** The values of the buffers after a chunk of training. */
    public double[][] buffers(Point at, Setting setting) {
        Walk walk = walk(at, null, setting, Map.of());
        walk.of(model.output()); // means over all steps are known to whoever walked the steps
        return model.buffers().stream()
                .map(buffer -> walk.of(buffer.update()).value())
                .toArray(double[][]::new);
    }

    /** The gradient of the loss by every parameter. */
    public double[][] gradient(Point at, Setting setting, Goal goal) {
        Point direction = at.zero();
        return sweep(trained(direction), () -> slope(at, direction, setting, goal));
    }

    /** The gradient of the loss by parameters, input and initial states. */
    public Point wholeGradient(Point at, Setting setting, Goal goal) {
        Point direction = at.zero();
        DoubleSupplier slope = () -> slope(at, direction, setting, goal);
        return new Point(
                sweep(trained(direction), slope),
                sweep(new double[][] {direction.input()}, slope)[0],
                sweep(direction.states(), slope));
    }

    /** The derivative of the loss along {@code direction} by central differences, without any rule of differentiation. */
    public double differences(Point at, Point direction, Setting setting, Goal goal, double size) {
        double after = loss(at.plus(direction, size), setting, goal);
        double before = loss(at.plus(direction, -size), setting, goal);
        return (after - before) / (2 * size);
    }

    /** The directions of the parameters, without those of the buffers behind them. */
    private double[][] trained(Point direction) {
        return Arrays.copyOf(direction.parameters(), model.parameters().size());
    }

    /** One slope for each element of a direction, all others zero. */
    private static double[][] sweep(double[][] direction, DoubleSupplier slope) {
        double[][] slopes = new double[direction.length][];
        for (int i = 0; i < direction.length; i++) {
            slopes[i] = new double[direction[i].length];
            for (int k = 0; k < direction[i].length; k++) {
                direction[i][k] = 1;
                slopes[i][k] = slope.getAsDouble();
                direction[i][k] = 0;
            }
        }
        return slopes;
    }

    private double[] total(Point at, @Nullable Point direction, Setting setting, Goal goal) {
        Expr target = goal.objective().targetLeaf();
        NamedArray wanted = new Operations(setting).zero(target.shape());
        for (int i = 0; i < wanted.length(); i++) {
            wanted.value()[i] = goal.target()[i];
        }
        Walk walk = walk(at, direction, setting, Map.of(target, wanted));
        NamedArray losses = walk.of(goal.objective().of(model.output(), target));
        double[] total = new double[2];
        for (int i = 0; i < losses.length(); i++) {
            int step = losses.position(Axis.TIME, i);
            int row = losses.position(Axis.BATCH, i);
            float weight = goal.weights()[step * setting.batch() + row];
            if (weight != 0 && setting.valid(step, row)) {
                total[0] += weight * losses.value()[i];
                total[1] += weight * losses.tangent()[i];
            }
        }
        return total;
    }

    private Walk walk(Point at, @Nullable Point direction, Setting setting, Map<Expr, NamedArray> more) {
        Point along = direction == null ? at.zero() : direction;
        Operations operations = new Operations(setting);
        Map<Expr, NamedArray> leaves = new IdentityHashMap<>(more);
        NamedArray input = operations.zero(model.input().shape());
        for (int i = 0; i < input.length(); i++) {
            if (setting.valid(input.position(Axis.TIME, i), input.position(Axis.BATCH, i))) {
                input.value()[i] = at.input()[i];
                input.tangent()[i] = along.input()[i];
            }
        }
        leaves.put(model.input(), input);
        List<Stored> arrays = model.stored();
        for (int i = 0; i < arrays.size(); i++) {
            NamedArray value = operations.zero(arrays.get(i).shape());
            System.arraycopy(at.parameters()[i], 0, value.value(), 0, value.length());
            System.arraycopy(along.parameters()[i], 0, value.tangent(), 0, value.length());
            leaves.put(arrays.get(i).leaf(), value);
        }
        Map<String, Ring> rings = new HashMap<>();
        List<StateSlot> slots = model.states();
        for (int i = 0; i < slots.size(); i++) {
            StateSlot slot = slots.get(i);
            rings.put(
                    slot.name(),
                    Ring.of(slot.steps(), setting.batch(), slot.width(), at.states()[i], along.states()[i]));
        }
        return new Walk(setting, leaves, rings);
    }
}
