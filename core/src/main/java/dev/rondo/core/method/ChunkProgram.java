package dev.rondo.core.method;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.data.Chunk;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomDraws;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.graph.Calculus;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.optim.Equations;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A training method that is asked where training is stuck: what it makes of a model's parameters; for one thread at a time.
 *
 * <p>Gradients are those of ordinary back-propagation through a chunk, a pass for each number that one is wanted of. What the method
 * makes of them is an array program.
 */
public final class ChunkProgram {
    private final Engine engine;
    private final TracedModel model;
    private final Objective objective;
    private final ChunkGradients gradients;
    private final List<Expr> draws;
    private final ArrayProgram program;

    private ChunkProgram(
            Kernels kernels, Engine engine, Configured<TrainingMethod> method, TracedModel model, Objective objective) {
        this.engine = engine;
        this.model = model;
        this.objective = objective;
        gradients = new ChunkGradients(model);
        MethodTracer trace = new MethodTracer(method, gradients);
        Bundle update = trace.update();
        draws = trace.draws();
        List<Expr> values = new ArrayList<>();
        for (Parameter each : model.parameters()) {
            Expr value = update.get(each.name());
            Expr constraint = each.constraint();
            values.add(constraint == null ? value : new Equations(Map.of(each.leaf(), value)).substitute(constraint));
        }
        if (Graphs.ordered(values).stream().anyMatch(each -> each.shape().has(Axis.TIME))) {
            throw new UsageException(
                    method.name() + ": new values are made of the output, which may stand in gradients alone");
        }
        program = ArrayProgram.compile(kernels, values);
    }

    /**
     * The program of {@code method} for {@code model}.
     *
     * @param objective of training; its penalties are left out
     * @throws UsageException if the method's equations are wrong
     */
    public static ChunkProgram create(
            Kernels kernels, Engine engine, Configured<TrainingMethod> method, TracedModel model, Objective objective) {
        return new ChunkProgram(kernels, engine, method, model, objective);
    }

    /**
     * Changes the parameters.
     *
     * @param values of the model's parameters, which are overwritten, and of its buffers; more may follow
     * @param chunk that is gone through from the start of streams, as in training
     */
    public void update(float[][] values, Chunk chunk, RandomKey key) {
        List<Stored> stored = model.stored();
        float[][] given = Arrays.copyOf(values, stored.size());
        float[][] results = new float[given.length][];
        for (int i = 0; i < results.length; i++) {
            results[i] = new float[given[i].length];
        }
        float[] nothing = new float[chunk.weights().length]; // the loss does not count
        ModelState start = ModelState.zero(model.states(), chunk.input().batch());
        gradients.passes.forEach((scalar, leaves) -> {
            // Compiled for this run alone: there may be as many passes as classes, and they are rare.
            engine.differentiator(model, objective.with(List.of(Penalty.of(scalar))))
                    .run(given, chunk.input(), chunk.target(), nothing, start, key, results);
            for (int i = 0; i < leaves.size(); i++) {
                program.bind(leaves.get(i), results[i].clone());
            }
        });
        for (Expr each : draws) {
            float[] drawn = new float[each.shape().length()];
            RandomDraws.fill(each, key, 0, 0, drawn, 0, drawn.length);
            program.bind(each, drawn);
        }
        List<Parameter> parameters = model.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            program.bind(parameters.get(i).leaf(), values[i].clone());
        }
        program.run();
        for (int i = 0; i < parameters.size(); i++) {
            program.copy(i, values[i]);
        }
    }

    /** Notes what gradients are wanted of, and lets leaves stand for them. */
    private static final class ChunkGradients implements Calculus {
        private final TracedModel model;
        private final Bundle parameters;
        /** For each number the leaves of its gradients, in the order of the parameters. */
        private final Map<Expr, List<Expr>> passes = new LinkedHashMap<>(); // nodes are equal if they are the same
        /** What is not known before the passes are done. */
        private final Set<Expr> later = new HashSet<>();

        ChunkGradients(TracedModel model) {
            this.model = model;
            Bundle trained = Bundle.empty();
            for (Parameter each : model.parameters()) {
                trained = trained.put(each.name(), each.leaf());
            }
            parameters = trained;
        }

        @Override
        public Bundle parameters() {
            return parameters;
        }

        @Override
        public Expr output() {
            return model.output();
        }

        @Override
        public Bundle gradient(Expr scalar, Bundle of) {
            if (Graphs.reachable(scalar).stream().anyMatch(later::contains)) {
                throw new ExpressionException(
                        "gradient", "where training is stuck, that of a number made of the output and the parameters");
            }
            Penalty.of(scalar);
            List<Expr> leaves = passes.computeIfAbsent(scalar, any -> leaves());
            return of.map(each -> {
                for (int i = 0; i < leaves.size(); i++) {
                    if (model.parameters().get(i).leaf() == each) {
                        return leaves.get(i);
                    }
                }
                throw new ExpressionException("gradient", "where training is stuck, that by parameters alone");
            });
        }

        private List<Expr> leaves() {
            List<Expr> leaves = new ArrayList<>();
            for (Parameter each : model.parameters()) {
                Map<String, Object> attributes = Map.of("name", "gradient by " + each.name());
                leaves.add(leaf(Expr.node(Op.INPUT, each.shape(), attributes)));
            }
            return leaves;
        }

        @Override
        public Expr leaf(Expr leaf) {
            later.add(leaf);
            return leaf;
        }
    }
}
