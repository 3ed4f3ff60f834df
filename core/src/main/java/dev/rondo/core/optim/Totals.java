package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.trace.Graphs;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts sums over all parameters in the place of the nodes that stand for them. */
final class Totals {
    private final String optimizer;
    private final Map<String, Shared.Total> totals;
    private final Map<Expr, Expr> sums = new IdentityHashMap<>();
    private final Set<String> open = new HashSet<>();

    Totals(String optimizer, Shared shared) {
        this.optimizer = optimizer;
        totals = shared.totals;
        totals.keySet().forEach(this::sum);
    }

    /** {@code node} with every total computed. */
    Expr resolve(Expr node) {
        return new Equations(sums).substitute(node);
    }

    private void sum(String name) {
        Shared.Total total = totals.get(name);
        if (total == null || sums.containsKey(total.leaf())) {
            return;
        }
        if (!open.add(name)) {
            throw new UsageException(optimizer + ": the total '" + name + "' depends on itself");
        }
        List<Expr> read = Graphs.ordered(total.parts());
        totals.forEach((other, its) -> {
            if (read.contains(its.leaf())) {
                sum(other);
            }
        });
        Expr sum = Expr.of(0);
        for (Expr part : total.parts()) { // in the order of the parameters
            sum = sum.plus(resolve(part));
        }
        sums.put(total.leaf(), sum);
    }
}
