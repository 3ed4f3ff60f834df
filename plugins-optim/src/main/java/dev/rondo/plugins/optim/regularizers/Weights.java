package dev.rondo.plugins.optim.regularizers;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.RegularizerScope;
import java.util.List;
import java.util.function.Function;

/** Sums over a model's weights. */
final class Weights {
    private Weights() {}

    /** The weight matrices; all trained arrays where {@code all} is said. */
    static List<RegularizerScope.Trained> of(RegularizerScope s, boolean all) {
        List<RegularizerScope.Trained> weights = s.parameters().stream()
                .filter(each -> all || each.value().shape().has(Axis.ROWS))
                .toList();
        s.require(!weights.isEmpty(), "needs a layer with a weight matrix, and there is none");
        return weights;
    }

    /** The sum of what {@code measure} says of each of them, a number. */
    static Expr sum(RegularizerScope s, boolean all, Function<Expr, Expr> measure) {
        return of(s, all).stream()
                .map(each -> measure.apply(each.value()))
                .reduce(Expr::plus)
                .orElse(Expr.of(0));
    }
}
