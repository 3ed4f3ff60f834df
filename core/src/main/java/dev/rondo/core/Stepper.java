package dev.rondo.core;

import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;

/** A model that takes one stream one step at a time; for one thread. */
public final class Stepper {
    private final Model model;
    private ModelState state;

    Stepper(Model model) {
        this.model = model;
        state = model.start(1);
    }

    /**
     * One step.
     *
     * @param input one value for each input column
     * @param output receives one value for each target column
     */
    public void step(float[] input, float[] output) {
        Model.Prediction prediction =
                model.predict(Sequences.of(1, 1, model.spec().inputs().size(), input), state);
        System.arraycopy(prediction.output(), 0, output, 0, prediction.output().length);
        state = prediction.state();
    }

    /** One step, with a new array for the output. */
    public float[] step(float... input) {
        float[] output = new float[model.spec().targets().size()];
        step(input, output);
        return output;
    }

    /** Goes back to the start of a stream. */
    public void reset() {
        state = model.start(1);
    }
}
