package dev.rondo.core.engine;

import dev.rondo.api.expr.Expr;
import dev.rondo.core.graph.ModelGraph;
import dev.rondo.core.kernels.Plane;
import dev.rondo.core.kernels.WorkerPool;
import dev.rondo.core.trace.StateSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model compiled for pieces of one size; for one thread at a time, because it keeps its buffers.
 *
 * <p>Each worker owns rows from input to the end of all loops, so there is one hand-off before the sums over rows and one after
 * them. What reads such sums and has rows again is a further stage, with hand-offs of its own.
 */
final class Program {
    private final ModelGraph graph;
    private final int steps;
    private final int batch;
    private final ParameterValues parameters;
    private final Feed feed;
    /** For each stage. */
    private final List<Sweep[]> sweeps;

    private final Reductions reductions;
    private final @Nullable Results results;
    private final Map<Expr, Plane> planes;
    private final List<Compiler.Carried> carried;
    private final List<Compiler.History> histories;

    Program(
            ModelGraph graph,
            int steps,
            int batch,
            ParameterValues parameters,
            Feed feed,
            List<Sweep[]> sweeps,
            Reductions reductions,
            @Nullable Results results,
            Map<Expr, Plane> planes,
            List<Compiler.Carried> carried,
            List<Compiler.History> histories) {
        this.graph = graph;
        this.steps = steps;
        this.batch = batch;
        this.parameters = parameters;
        this.feed = feed;
        this.sweeps = List.copyOf(sweeps);
        this.reductions = reductions;
        this.results = results;
        this.planes = planes;
        this.carried = List.copyOf(carried);
        this.histories = List.copyOf(histories);
    }

    /** What it does, a line for each instruction; sums over all steps and rows are not among them. */
    List<String> text() {
        List<String> text = new ArrayList<>();
        for (int stage = 0; stage < sweeps.size(); stage++) {
            if (stage > 0) {
                text.add("when the sums over these rows are there:");
            }
            for (Sweep sweep : sweeps.get(stage)) {
                text.addAll(sweep.text());
            }
        }
        return text;
    }

    /** Evaluates the model. */
    Engine.Result evaluate(float[][] values, Sequences input, ModelState state, WorkerPool pool) {
        begin(values, input, state, new RandomKey(0, 0, 0), false);
        run(values, new float[reductions.count()][], pool);
        return new Engine.Result(unpacked(graph.output()), after(state, input));
    }

    /** Evaluates the model and its loss, and writes the gradients. */
    Trained differentiate(
            float[][] values,
            Sequences input,
            float[] target,
            float[] weights,
            ModelState state,
            RandomKey key,
            float[][] gradients,
            WorkerPool pool) {
        ModelGraph.Training training = java.util.Objects.requireNonNull(graph.training());
        Results sums = java.util.Objects.requireNonNull(results);
        pack(target, plane(training.target()));
        pack(weights, plane(training.weights()));
        begin(values, input, state, key, true);
        run(values, sums.places(gradients), pool);
        sums.finish(values, gradients);
        double loss = loss(plane(training.loss()), weights);
        return new Trained(loss, input, state);
    }

    /** A training pass; to be read before the next one of this program. */
    final class Trained implements Engine.Pass {
        private final double loss;
        private final Sequences input;
        private final ModelState before;

        private Trained(double loss, Sequences input, ModelState before) {
            this.loss = loss;
            this.input = input;
            this.before = before;
        }

        @Override
        public double loss() {
            return loss;
        }

        @Override
        public float[] output() {
            return unpacked(graph.output());
        }

        @Override
        public ModelState state() {
            return after(before, input);
        }

        /** The gradient by the input, [time, batch, features]; of a program that was asked for it. */
        float[] byInput() {
            ModelGraph.Training training = java.util.Objects.requireNonNull(graph.training());
            return unpacked(java.util.Objects.requireNonNull(training.byInput()));
        }
    }

    /** Makes a program for one step of one row ready for the start of a stream. */
    void rewind(float[][] values) {
        parameters.update(values, false, new RandomKey(0, 0, 0));
        feed.rewind();
        for (Compiler.Carried each : carried) {
            Plane plane = each.plane();
            Arrays.fill(plane.array(), plane.at(0, 0), plane.at(each.slot().steps(), 0), 0);
        }
        histories.forEach(each -> Arrays.fill(each.values(), 0));
    }

    /** One step of one row; what it leaves is where the next one begins. */
    void step(float[] input, double stamp, float[] output) {
        feed.advance(stamp);
        Plane in = plane(graph.input());
        System.arraycopy(input, 0, in.array(), in.at(0, 0), in.width());
        for (Sweep sweep : sweeps.get(0)) {
            sweep.run(1, 0, 1);
        }
        Plane out = plane(graph.output());
        System.arraycopy(out.array(), out.at(0, 0), output, 0, out.width());
        for (int i = 0; i < carried.size(); i++) {
            Compiler.Carried each = carried.get(i);
            Plane plane = each.plane();
            int length = each.slot().steps() * plane.stepStride();
            System.arraycopy(plane.array(), plane.at(1, 0), plane.array(), plane.at(0, 0), length);
        }
        for (int i = 0; i < histories.size(); i++) {
            Compiler.History each = histories.get(i);
            float[] past = each.values();
            int stride = each.source().rowStride();
            System.arraycopy(past, stride, past, 0, past.length - stride);
            System.arraycopy(
                    each.source().array(),
                    each.source().at(0, 0),
                    past,
                    past.length - stride,
                    each.source().width());
        }
    }

    private Plane plane(Expr node) {
        return java.util.Objects.requireNonNull(planes.get(node));
    }

    private void begin(float[][] values, Sequences input, ModelState state, RandomKey key, boolean changed) {
        boolean carries = graph.model().causal();
        parameters.update(values, changed, key);
        feed.set(input, carries ? state : null, key);
        pack(input.values(), plane(graph.input()));
        for (Compiler.Carried each : carried) {
            Plane plane = each.plane();
            int slot = state.slots().indexOf(each.slot());
            int width = each.slot().width();
            for (int part = 0; part < each.slot().steps(); part++) {
                for (int row = 0; row < batch; row++) {
                    int at = plane.at(part, row);
                    if (carries) {
                        int from = (part * batch + row) * width;
                        System.arraycopy(state.shared(slot), from, plane.array(), at, width);
                    } else {
                        Arrays.fill(plane.array(), at, at + width, 0);
                    }
                }
            }
        }
        for (Compiler.History each : histories) {
            Arrays.fill(each.values(), 0);
            if (carries) {
                float[] past = state.shared(state.slots().indexOf(each.slot()));
                int width = each.slot().width();
                int stride = each.source().rowStride();
                for (int i = 0; i < each.slot().steps() * batch; i++) {
                    System.arraycopy(past, i * width, each.values(), i * stride, width);
                }
            }
        }
    }

    /** All stages: the rows of each, then the sums over them. */
    private void run(float[][] values, float[] @Nullable [] elsewhere, WorkerPool pool) {
        for (int i = 0; i < sweeps.size(); i++) {
            int stage = i;
            if (stage > 0) {
                parameters.update(stage, values, feed.key());
            }
            rows(sweeps.get(stage), pool);
            if (reductions.follow(stage)) {
                int parts = pool.threads();
                pool.run(parts, part -> reductions.run(stage, elsewhere, part, parts));
            }
        }
    }

    private void rows(Sweep[] stage, WorkerPool pool) {
        int parts = Math.min(pool.threads(), batch);
        pool.run(parts, part -> {
            int first = batch * part / parts;
            int count = batch * (part + 1) / parts - first;
            for (Sweep sweep : stage) {
                sweep.run(steps, first, count);
            }
        });
    }

    private void pack(float[] values, Plane plane) {
        int width = plane.width();
        if (plane.rowStride() == width && plane.stepStride() == batch * width) {
            System.arraycopy(values, 0, plane.array(), plane.offset(), values.length);
            return;
        }
        for (int t = 0, from = 0; t < steps; t++) {
            for (int row = 0; row < batch; row++, from += width) {
                System.arraycopy(values, from, plane.array(), plane.at(t, row), width);
            }
        }
    }

    private float[] unpacked(Expr node) {
        Plane plane = plane(node);
        int width = plane.width();
        float[] values = new float[steps * batch * width];
        for (int t = 0, to = 0; t < steps; t++) {
            for (int row = 0; row < batch; row++, to += width) {
                System.arraycopy(plane.array(), plane.at(t, row), values, to, width);
            }
        }
        return values;
    }

    private double loss(Plane plane, float[] weights) {
        double sum = 0;
        for (int t = 0; t < steps; t++) {
            for (int row = 0; row < batch; row++) {
                float weight = weights[t * batch + row];
                sum += weight == 0 ? 0 : (double) weight * plane.array()[plane.at(t, row)];
            }
        }
        return sum;
    }

    /** The state after the piece: what the loops left, and the last values of what is read later. */
    private ModelState after(ModelState state, Sequences input) {
        List<StateSlot> slots = state.slots();
        if (!graph.model().causal()) {
            return ModelState.zero(slots, batch);
        }
        float[][] values = new float[slots.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[batch * slots.get(i).length()];
        }
        for (Compiler.Carried each : carried) {
            Plane plane = each.plane();
            int width = each.slot().width();
            for (int part = 0; part < each.slot().steps(); part++) {
                for (int row = 0; row < batch; row++) {
                    int from = plane.at(feed.length(row) + part, row);
                    int to = (part * batch + row) * width;
                    System.arraycopy(plane.array(), from, values[slots.indexOf(each.slot())], to, width);
                }
            }
        }
        for (Compiler.History each : histories) {
            remember(each, values[slots.indexOf(each.slot())]);
        }
        return state.after(input, values);
    }

    private void remember(Compiler.History history, float[] values) {
        int depth = history.slot().steps();
        int width = history.slot().width();
        Plane source = history.source();
        for (int part = 0; part < depth; part++) {
            for (int row = 0; row < batch; row++) {
                int step = feed.length(row) - depth + part;
                int to = (part * batch + row) * width;
                if (step >= 0) {
                    System.arraycopy(source.array(), source.at(step, row), values, to, width);
                } else {
                    int older = ((step + depth) * batch + row) * source.rowStride();
                    System.arraycopy(history.values(), older, values, to, width);
                }
            }
        }
    }
}
