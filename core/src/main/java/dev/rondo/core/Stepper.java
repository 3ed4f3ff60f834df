package dev.rondo.core;

import dev.rondo.core.data.Normalization.Scale;
import dev.rondo.core.engine.Engine;

/** A model that takes one stream one step at a time and allocates nothing; for one thread. */
public final class Stepper {
    private final Engine.Stream stream;
    private final Scale[] inputs;
    private final Scale[] targets;
    private final float[] scaled;
    private long steps;

    Stepper(Model model, Engine.Stream stream) {
        this.stream = stream;
        inputs = model.spec().inputs().stream()
                .map(model.spec().normalization()::scale)
                .toArray(Scale[]::new);
        targets = model.outputScales();
        scaled = new float[inputs.length];
    }

    /**
     * One step; time stamps are 0, 1, 2 …
     *
     * @param input one value for each input column, in the data's own units
     * @param output receives one value for each output of the model, in the data's own units
     * @throws IllegalArgumentException if an array has another length
     */
    public void step(float[] input, float[] output) {
        step(input, steps, output);
    }

    /** One step at a time of its own, for models that read time. */
    public void step(float[] input, double time, float[] output) {
        if (input.length != inputs.length || output.length != targets.length) {
            throw new IllegalArgumentException("a step reads " + inputs.length + " values and writes " + targets.length
                    + ", got arrays of " + input.length + " and " + output.length);
        }
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = inputs[i].scaled(input[i]);
        }
        stream.step(scaled, time, output);
        for (int i = 0; i < targets.length; i++) {
            output[i] = targets[i].unscaled(output[i]);
        }
        steps++;
    }

    /** One step, with a new array for the output. */
    public float[] step(float... input) {
        float[] output = new float[targets.length];
        step(input, output);
        return output;
    }

    /** Goes back to the start of a stream. */
    public void reset() {
        stream.reset();
        steps = 0;
    }
}
