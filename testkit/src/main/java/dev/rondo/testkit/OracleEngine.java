package dev.rondo.testkit;

import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import java.util.function.Function;

/**
 * The oracle in the place of an engine: slow, on one thread, its results rounded to floats.
 *
 * <p>It lets whatever is built on an engine be compared with exact results, and the contracts be tried on an engine that is
 * right.
 *
 * @param draws the random numbers of a pass
 */
public record OracleEngine(Function<RandomKey, Draws> draws) implements Engine {
    @Override
    public Evaluator evaluator(TracedModel model) {
        return (parameters, input, state) -> {
            Oracle.Outcome outcome =
                    new Oracle(model).evaluate(Point.of(parameters, input, state), Setting.of(input, state));
            return new Result(floats(outcome.output()), state(outcome, state));
        };
    }

    @Override
    public Differentiator differentiator(TracedModel model, Objective objective) {
        return (parameters, input, target, weights, state, key, results) -> {
            Oracle oracle = new Oracle(model);
            Oracle.Goal goal = new Oracle.Goal(objective, target, weights);
            Point at = Point.of(parameters, input, state);
            Setting setting = Setting.of(input, state).training(draws.apply(key));
            double[][] exact = oracle.gradient(at, setting, goal);
            for (int p = 0; p < exact.length; p++) {
                System.arraycopy(floats(exact[p]), 0, results[p], 0, exact[p].length);
            }
            double[][] buffers = oracle.buffers(at, setting);
            for (int i = 0; i < buffers.length; i++) {
                System.arraycopy(floats(buffers[i]), 0, results[exact.length + i], 0, buffers[i].length);
            }
            Oracle.Outcome outcome = oracle.evaluate(at, setting);
            return new Done(oracle.loss(at, setting, goal), floats(outcome.output()), state(outcome, state));
        };
    }

    @Override
    public String description() {
        return "double precision, one number after the other";
    }

    @Override
    public void close() {
        // holds nothing
    }

    private static ModelState state(Oracle.Outcome outcome, ModelState before) {
        float[][] values = new float[outcome.states().length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats(outcome.states()[i]);
        }
        return ModelState.of(before.slots(), before.batch(), values, outcome.seen(), outcome.origins());
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
