package dev.rondo.plugins.activations;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Option;

/** The α of the inverse square root units, a number or trained. */
final class IsruAlpha {
    static final Option<Boolean> LEARNABLE =
            Option.flag("learnable", false).doc("Whether alpha is trained, one for each unit; it stays above 0.");

    private static final double LEAST = 1e-6;

    private IsruAlpha() {}

    static Expr of(ActivationScope s, Expr x, Option<Double> option) {
        if (!s.value(LEARNABLE)) {
            return s.option(option);
        }
        Expr alpha = s.vector("alpha", x.width(), Init.constant(s.value(option)));
        return s.constrain(alpha, Fn.max(alpha, LEAST));
    }
}
