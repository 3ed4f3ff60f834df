package dev.rondo.core.graph;

import dev.rondo.api.expr.Expr;
import dev.rondo.core.trace.Graphs;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Which values of a step depend on one that is carried from step to step; remembers what it has found. */
final class Stateful {
    private final Map<Expr, Boolean> known = new IdentityHashMap<>();

    /** Counts {@code carried} among the values that are carried. */
    void add(Expr carried) {
        known.put(carried, true);
    }

    /** Starts anew, with {@code carried} alone. */
    void restart(Collection<Expr> carried) {
        known.clear();
        carried.forEach(this::add);
    }

    boolean depends(Expr node) {
        for (Expr each : Graphs.ordered(List.of(node))) {
            if (!known.containsKey(each)) {
                known.put(each, each.inputs().stream().anyMatch(input -> Boolean.TRUE.equals(known.get(input))));
            }
        }
        return Boolean.TRUE.equals(known.get(node));
    }
}
