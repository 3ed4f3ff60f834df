package dev.rondo.core.graph;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
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
     */
    public record Training(Expr target, Expr weights, Expr loss, List<@Nullable Expr> results) {}

    /** Leaves of the values that an engine is given beside the input, in their order. */
    public List<Expr> leaves() {
        return model.stored().stream().map(Stored::leaf).toList();
    }

    /**
     * The graph that evaluates {@code model}.
     *
     * @param masked whether rows may be shorter than the piece
     */
    public static ModelGraph evaluation(TracedModel model, boolean masked) {
        Lowered lowered = Lowering.lower(new Maker(), model, false, masked);
        return new ModelGraph(model, lowered.input(), lowered.output(), null);
    }

    /** The graph that evaluates {@code model} and its loss and differentiates by every parameter. */
    public static ModelGraph training(TracedModel model, Objective objective, boolean masked) {
        Maker maker = new Maker();
        Lowered lowered = Lowering.lower(maker, model, true, masked);
        Expr target = maker.leaf(objective.targetLeaf());
        Shape rows = Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC).plus(Axis.BATCH, Shape.DYNAMIC);
        Expr weights = maker.leaf(Expr.node(Op.INPUT, rows, Map.of("name", "weights")));
        Expr each = maker.fit(maker.intern(objective.of(lowered.output(), target)), rows);
        List<Expr> leaves = model.parameters().stream().map(Parameter::leaf).toList();
        Differentiation differentiation = new Differentiation(maker, each, weights, leaves);
        List<@Nullable Expr> results = new ArrayList<>();
        leaves.forEach(leaf -> results.add(differentiation.gradient(leaf)));
        results.addAll(lowered.updates());
        return new ModelGraph(model, lowered.input(), lowered.output(), new Training(target, weights, each, results));
    }
}
