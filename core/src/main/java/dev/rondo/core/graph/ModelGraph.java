package dev.rondo.core.graph;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.trace.Buffer;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that an engine computes for a model, as one lowered graph.
 *
 * @param input leaf, [time, batch, features]
 * @param output [time, batch, features]
 * @param training absent where the model is only evaluated
 */
public record ModelGraph(
        TracedModel model,
        Expr input,
        Expr output,
        @Nullable Training training) {
    /**
     * What training adds.
     *
     * @param target leaf [time, batch, targets]
     * @param weights leaf [time, batch], the share of each step in the loss
     * @param loss of each step, [time, batch]
     * @param results for each parameter the gradient, absent where the loss does not depend on it; then the new value of each buffer
     * @param kept buffers of the objective, which follow those of the model
     * @param byInput gradient by the input, [time, batch, features]; absent where nobody asked for it
     */
    public record Training(
            Expr target,
            Expr weights,
            Expr loss,
            List<@Nullable Expr> results,
            List<Buffer> kept,
            @Nullable Expr byInput) {}

    /** Leaves of the values that an engine is given beside the input, in their order. */
    public List<Expr> leaves() {
        List<Stored> arrays = new ArrayList<>(model.stored());
        if (training != null) {
            arrays.addAll(training.kept());
        }
        return arrays.stream().map(Stored::leaf).toList();
    }

    /**
     * The graph that evaluates {@code model}.
     *
     * @param masked whether rows may be shorter than the piece
     */
    public static ModelGraph evaluation(TracedModel model, boolean masked) {
        Lowered lowered = Lowering.lower(new Maker(), model, List.of(), false, masked);
        return new ModelGraph(model, lowered.input(), lowered.output(), null);
    }

    /**
     * The graph that evaluates {@code model} and its loss and differentiates by every parameter.
     *
     * @param byInput whether it differentiates by the input too
     */
    public static ModelGraph training(TracedModel model, Objective objective, boolean masked, boolean byInput) {
        Maker maker = new Maker();
        List<Buffer> buffers = new ArrayList<>(model.buffers());
        buffers.addAll(objective.buffers());
        List<Expr> asides = new ArrayList<>();
        buffers.forEach(buffer -> asides.add(buffer.update()));
        objective.penalties().forEach(penalty -> asides.add(penalty.value()));
        Lowered lowered = Lowering.lower(maker, model, asides, true, masked);
        Expr target = maker.leaf(objective.targetLeaf());
        Shape rows = Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC).plus(Axis.BATCH, Shape.DYNAMIC);
        Expr weights = maker.leaf(Expr.node(Op.INPUT, rows, Map.of("name", "weights")));
        Expr each = maker.fit(maker.intern(objective.of(lowered.output(), target)), rows);
        List<Expr> leaves = model.parameters().stream().map(Parameter::leaf).toList();
        Map<Expr, Expr> seeds = new LinkedHashMap<>(Map.of(each, weights)); // nodes are equal if they are the same
        for (Expr penalty : lowered.asides().subList(buffers.size(), asides.size())) {
            seeds.put(penalty, maker.constant(1));
        }
        List<Expr> wanted = new ArrayList<>(leaves);
        if (byInput) {
            wanted.add(lowered.input());
        }
        Differentiation differentiation = new Differentiation(maker, seeds, wanted);
        List<@Nullable Expr> results = new ArrayList<>();
        leaves.forEach(leaf -> results.add(differentiation.gradient(leaf)));
        for (int i = 0; i < buffers.size(); i++) {
            results.add(maker.fit(lowered.asides().get(i), buffers.get(i).shape()));
        }
        return new ModelGraph(
                model,
                lowered.input(),
                lowered.output(),
                new Training(
                        target,
                        weights,
                        each,
                        results,
                        objective.buffers(),
                        byInput ? gradient(maker, differentiation, lowered.input()) : null));
    }

    private static Expr gradient(Maker maker, Differentiation differentiation, Expr input) {
        Expr gradient = differentiation.gradient(input);
        return maker.fit(gradient == null ? maker.constant(0) : gradient, input.shape());
    }
}
