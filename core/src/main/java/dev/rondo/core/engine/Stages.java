package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.graph.Lowered;
import dev.rondo.core.trace.Graphs;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * In which stage of a program each value is computed.
 *
 * <p>A sum over rows needs those of all workers, so what reads it belongs to the next stage: equations over values without rows,
 * then a sweep over the rows, then sums over them. Nearly all models have one stage, whose sums are the gradients.
 */
final class Stages {
    private final Map<Expr, Integer> known = new IdentityHashMap<>();

    /** The stage in which {@code node} can be computed, 0 for the first; a sum's is the one that may read it. */
    int of(Expr node) {
        for (Expr each : Graphs.walk(List.of(node), n -> known.containsKey(n) ? List.of() : Lowered.operands(n))) {
            if (!known.containsKey(each)) {
                int stage = 0;
                for (Expr operand : Lowered.operands(each)) {
                    stage = Math.max(stage, known.getOrDefault(operand, 0));
                }
                known.put(each, sums(each) ? stage + 1 : stage);
            }
        }
        return known.getOrDefault(node, 0);
    }

    /** Whether a value has rows, so that workers share it out. */
    static boolean rows(Expr node) {
        return node.op() == Op.SCAN || node.shape().has(Axis.BATCH);
    }

    /** Whether a value is one for all rows, computed from all of them. */
    static boolean sums(Expr node) {
        return !rows(node)
                && node.inputs().stream().anyMatch(input -> input.shape().has(Axis.BATCH));
    }
}
