package dev.rondo.core.engine;

import dev.rondo.api.spi.Loss;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import java.util.List;

/** Compiles models into programs; safe for any number of threads. */
public interface Engine extends AutoCloseable {
    /** A program that evaluates {@code model} on pieces of any number of steps and rows; random draws are their means. */
    Evaluator evaluator(TracedModel model);

    /** A program that evaluates {@code model} and the loss of {@code objective} and differentiates by every parameter. */
    Differentiator differentiator(TracedModel model, Objective objective);

    /** For targets that are numbers, one for each output of the model. */
    default Differentiator differentiator(TracedModel model, Configured<Loss> loss) {
        return differentiator(model, Objective.ofNumbers(loss, model.output().width()));
    }

    /**
     * A program that evaluates a causal model step by step, for one row.
     *
     * @param parameters values in the order of {@link TracedModel#stored()}, a snapshot
     */
    default Stream stream(TracedModel model, float[][] parameters) {
        return new EvaluatedStream(model, evaluator(model), parameters);
    }

    /**
     * This engine as it is without any device: for what must not depend on whether there is one. It is closed with this one; an
     * engine that uses devices overrides it.
     */
    default Engine withoutDevice() {
        return this;
    }

    /** What was said so far of where layers run, a sentence each; nothing where no device was looked for. */
    default List<String> remarks() {
        return List.of();
    }

    /** Which kernels run, on how many threads. */
    String description();

    /** Of the description what the bits of results depend on. */
    default String arithmetic() {
        return description();
    }

    /** Ends its threads and gives devices back; nothing may be run any more, nor be running. */
    @Override
    void close();

    /** Evaluates a model; safe for any number of threads. */
    interface Evaluator {
        /**
         * Output and new state for a piece of input.
         *
         * @param parameters values in the order of {@link TracedModel#stored()}; a snapshot: what is derived from the same
         *     array of arrays is not derived again
         */
        Result run(float[][] parameters, Sequences input, ModelState state);
    }

    /**
     * What evaluation gives.
     *
     * @param output [time, batch, features], row-major; zero past a row's length
     */
    record Result(float[] output, ModelState state) {}

    /** Evaluates and differentiates a model; for one thread at a time, as it keeps its buffers. */
    interface Differentiator {
        /**
         * The weighted sum of the losses of all steps, its gradient by every parameter, and the new values of the buffers.
         *
         * @param target [time, batch, targets]
         * @param weights [time, batch], the share of each step in the loss; 0 leaves it out
         * @param results overwritten, in the order and lengths of {@link TracedModel#stored()}: for a parameter its gradient, for a
         *     buffer its new value
         */
        Pass run(
                float[][] parameters,
                Sequences input,
                float[] target,
                float[] weights,
                ModelState state,
                RandomKey key,
                float[][] results);
    }

    /** What a training pass gives besides the gradient; to be read before the next pass of the same differentiator. */
    interface Pass {
        /** The weighted sum of the losses. */
        double loss();

        /** A copy of the output, [time, batch, features]. */
        float[] output();

        /** The state after the piece. */
        ModelState state();
    }

    /** A pass whose results are there already. */
    record Done(double loss, float[] output, ModelState state) implements Pass {}

    /** Evaluates a model step by step and keeps the state; allocates nothing, and is for one thread at a time. */
    interface Stream {
        /**
         * One step.
         *
         * @param input one value for each feature of the input
         * @param stamp time stamp of the step; without meaning for models that read no time
         * @param output written, one value for each feature of the output
         */
        void step(float[] input, double stamp, float[] output);

        /** Back to the start of the stream. */
        void reset();
    }
}
