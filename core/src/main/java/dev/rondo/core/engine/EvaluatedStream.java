package dev.rondo.core.engine;

import dev.rondo.core.trace.TracedModel;

/** Steps as pieces of one step and one row: for engines without a program of their own for it. */
final class EvaluatedStream implements Engine.Stream {
    private final TracedModel model;
    private final Engine.Evaluator evaluator;
    private final float[][] parameters;
    private ModelState state;

    EvaluatedStream(TracedModel model, Engine.Evaluator evaluator, float[][] parameters) {
        this.model = model;
        this.evaluator = evaluator;
        this.parameters = parameters;
        state = ModelState.zero(model.states(), 1);
    }

    @Override
    public void step(float[] input, double stamp, float[] output) {
        Sequences piece = new Sequences(1, 1, input.length, input, null, new double[] {stamp});
        Engine.Result result = evaluator.run(parameters, piece, state);
        System.arraycopy(result.output(), 0, output, 0, result.output().length);
        state = result.state();
    }

    @Override
    public void reset() {
        state = ModelState.zero(model.states(), 1);
    }
}
