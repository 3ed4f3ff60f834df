package dev.rondo.core.engine;

import dev.rondo.api.spi.Loss;
import dev.rondo.core.graph.ModelGraph;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.WorkerPool;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The engine that runs every model: compiled programs on the CPU. */
public final class CpuEngine implements Engine {
    /** Programs kept for each model; a trainer needs a handful of sizes, and each keeps its buffers. */
    private static final int KEPT = 8;

    private final Kernels kernels;
    private final WorkerPool pool;

    /**
     * An engine.
     *
     * @param threads how many rows are treated at once, at least 1; results do not depend on it
     */
    public CpuEngine(Kernels kernels, int threads) {
        this.kernels = kernels;
        pool = new WorkerPool(threads);
    }

    @Override
    public Evaluator evaluator(TracedModel model) {
        Programs programs = new Programs(masked -> ModelGraph.evaluation(model, masked));
        return (parameters, input, state) -> {
            check(model, input, state);
            Size size = new Size(input.steps(), input.batch(), input.lengths() != null);
            Program program = programs.take(size);
            Result result = program.evaluate(parameters, input, state, pool);
            programs.give(size, program);
            return result;
        };
    }

    @Override
    public Differentiator differentiator(TracedModel model, Objective objective) {
        return training(model, objective, false)::run;
    }

    /**
     * Programs that train {@code model}.
     *
     * @param byInput whether they differentiate by the input too
     */
    Training training(TracedModel model, Objective objective, boolean byInput) {
        return new Training(model, objective, byInput);
    }

    /** Programs that evaluate a model and its loss and differentiate it. */
    final class Training {
        private final TracedModel model;
        private final Programs programs;

        private Training(TracedModel model, Objective objective, boolean byInput) {
            this.model = model;
            programs = new Programs(masked -> ModelGraph.training(model, objective, masked, byInput));
        }

        /** As {@link Engine.Differentiator#run}. */
        Program.Trained run(
                float[][] parameters,
                Sequences input,
                float[] target,
                float[] weights,
                ModelState state,
                RandomKey key,
                float[][] gradients) {
            check(model, input, state);
            Size size = new Size(input.steps(), input.batch(), input.lengths() != null);
            Program program = programs.take(size);
            Program.Trained pass =
                    program.differentiate(parameters, input, target, weights, state, key, gradients, pool);
            programs.give(size, program);
            return pass;
        }
    }

    /**
     * How a training pass of {@code model} is scheduled, a line for each instruction: for people.
     *
     * <p>The sums over all steps and rows that give the gradients of weights follow after it.
     */
    public List<String> schedule(TracedModel model, Configured<Loss> loss) {
        Objective objective = Objective.ofNumbers(loss, model.output().width());
        return Compiler.compile(kernels, ModelGraph.training(model, objective, false, false), 2, 1)
                .text();
    }

    @Override
    public Stream stream(TracedModel model, float[][] parameters) {
        if (!model.causal()) {
            throw new IllegalArgumentException("a model that looks ahead cannot run step by step");
        }
        Program program = Compiler.compile(kernels, ModelGraph.evaluation(model, false), 1, 1);
        program.rewind(parameters);
        int inputs = model.input().width();
        int outputs = model.output().width();
        return new Stream() {
            private double origin;
            private boolean begun;

            @Override
            public void step(float[] input, double stamp, float[] output) {
                if (input.length != inputs || output.length != outputs) {
                    throw new IllegalArgumentException("a step reads " + inputs + " values and writes " + outputs
                            + ", got arrays of " + input.length + " and " + output.length);
                }
                origin = begun ? origin : stamp;
                begun = true;
                program.step(input, stamp - origin, output);
            }

            @Override
            public void reset() {
                begun = false;
                program.rewind(parameters);
            }
        };
    }

    static void check(TracedModel model, Sequences input, ModelState state) {
        if (input.width() != model.input().width()) {
            throw new IllegalArgumentException(
                    "the model reads " + model.input().width() + " features, the input has " + input.width());
        }
        if (!state.slots().equals(model.states())) {
            throw new IllegalArgumentException(
                    "the state is another model's: it has " + state.slots() + ", this model carries " + model.states());
        }
        if (state.batch() != input.batch()) {
            throw new IllegalArgumentException("the state has " + state.batch() + " rows, the input " + input.batch()
                    + ": reset the state, or feed as many rows");
        }
    }

    @Override
    public String description() {
        return kernels.description() + ", " + pool.threads() + (pool.threads() == 1 ? " thread" : " threads");
    }

    @Override
    public String arithmetic() {
        return kernels.description();
    }

    @Override
    public void close() {
        pool.close();
    }

    private record Size(int steps, int batch, boolean masked) {}

    /** Compiled programs; each is used by one thread at a time. */
    private final class Programs {
        private final Function<Boolean, ModelGraph> lowering;
        private final Map<Boolean, ModelGraph> graphs = new ConcurrentHashMap<>();
        private final Idle<Size, Program> idle = new Idle<>(KEPT, program -> {});

        Programs(Function<Boolean, ModelGraph> lowering) {
            this.lowering = lowering;
        }

        Program take(Size size) {
            Program free = idle.take(size);
            return free != null
                    ? free
                    : Compiler.compile(
                            kernels, graphs.computeIfAbsent(size.masked(), lowering), size.steps(), size.batch());
        }

        void give(Size size, Program program) {
            idle.give(size, program);
        }
    }
}
