package dev.rondo.core.train;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.Role;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TestLoops;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One leaky unit, h' = a h + w x, with its gradient written by hand, so that the trainer is tested apart from the engine. */
final class LeakyEngine implements Engine {
    /** What training asked for. */
    record Call(int steps, float[] weights, float[] state, RandomKey key) {}

    final List<Call> calls = new ArrayList<>();
    private final List<StateSlot> slots = model(true).states();

    static TracedModel model(boolean causal) {
        Shape sequence = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, 1);
        Expr x = Expr.node(Op.INPUT, sequence, Map.of("name", "x"));
        Plugin plugin = () -> Descriptor.of("Leaky");
        StateSlot slot = new StateSlot("1.Leaky/h", 1, 1);
        Expr output = TestLoops.sum(slot, x);
        TracedLayer layer = new TracedLayer(
                1,
                Configured.of(plugin),
                Gates.STANDARD,
                false,
                x,
                output,
                List.of(parameter("a"), parameter("w")),
                List.of(),
                List.of(slot));
        return new TracedModel(x, output, List.of(layer), causal);
    }

    private static Parameter parameter(String name) {
        Expr leaf = Expr.node(Op.PARAMETER, Shape.vector(1), Map.of("name", "1.Leaky/" + name));
        return new Parameter("1.Leaky/" + name, leaf, Init.ZEROS, Role.VECTOR, null);
    }

    @Override
    public Evaluator evaluator(TracedModel model) {
        return (parameters, input, state) -> {
            float[] output = run(parameters, input, state);
            return new Result(output, after(input, output, state));
        };
    }

    @Override
    public Differentiator differentiator(TracedModel model, Objective objective) {
        return (parameters, input, target, weights, state, key, gradients) -> {
            calls.add(new Call(input.steps(), weights.clone(), state.values(0), key));
            float[] output = run(parameters, input, state);
            double value = 0;
            double[] byH = new double[input.batch()];
            double byA = 0;
            double byW = 0;
            for (int i = output.length - 1; i >= 0; i--) {
                int row = i % input.batch();
                double error = output[i] - target[i];
                value += weights[i] * error * error;
                byH[row] = parameters[0][0] * byH[row] + 2 * weights[i] * error;
                byA += byH[row] * (i >= input.batch() ? output[i - input.batch()] : state.values(0)[row]);
                byW += byH[row] * input.values()[i];
            }
            gradients[0][0] = (float) byA;
            gradients[1][0] = (float) byW;
            return new Done(value, output, after(input, output, state));
        };
    }

    private static float[] run(float[][] parameters, Sequences input, ModelState state) {
        float[] output = new float[input.steps() * input.batch()];
        for (int i = 0; i < output.length; i++) {
            float old = i < input.batch() ? state.values(0)[i] : output[i - input.batch()];
            output[i] = parameters[0][0] * old + parameters[1][0] * input.values()[i];
        }
        return output;
    }

    private ModelState after(Sequences input, float[] output, ModelState state) {
        float[] last = new float[input.batch()];
        System.arraycopy(output, output.length - last.length, last, 0, last.length);
        long[] seen = state.seen();
        for (int i = 0; i < seen.length; i++) {
            seen[i] += input.steps();
        }
        return ModelState.of(slots, input.batch(), new float[][] {last}, seen, state.origins());
    }

    @Override
    public String description() {
        return "by hand";
    }

    @Override
    public void close() {}
}
