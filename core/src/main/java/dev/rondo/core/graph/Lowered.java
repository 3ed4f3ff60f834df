package dev.rondo.core.graph;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A model as a graph over whole sequences, in which only what has to run step by step is a {@link Op#SCAN}.
 *
 * @param model what it was made from
 * @param input leaf for the model's input, [time, batch, features]
 * @param output of the last layer, [time, batch, features]
 * @param asides values that were asked for besides the output
 */
public record Lowered(TracedModel model, Expr input, Expr output, List<Expr> asides) {
    public Lowered {
        asides = List.copyOf(asides);
    }

    /** Everything that {@code roots} depend on, operands first; scans depend on what their steps read. */
    public static List<Expr> ordered(Collection<Expr> roots) {
        return Graphs.walk(roots, Lowered::operands);
    }

    /** What a node of a lowered graph depends on. */
    public static List<Expr> operands(Expr node) {
        if (node.op() != Op.SCAN) {
            return node.inputs();
        }
        List<Expr> all = new ArrayList<>(node.inputs());
        all.addAll(body(node).closures());
        return all;
    }

    /** The step of a scan. */
    public static Recurrence body(Expr scan) {
        return scan.attribute("body", Recurrence.class);
    }
}
