package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.expm1;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/**
 * The exponential linear unit with the two constants that keep mean 0 and variance 1: λ x above 0, λ α (exp(x) − 1) below.
 *
 * <p>λ = 1.0507…, α = 1.6732…; wants weights that start with variance 1/fan-in.
 */
@AutoService(Activation.class)
public final class Selu implements Activation {
    private static final double LAMBDA = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    @Override
    public Descriptor describe() {
        return Descriptor.of("SELU")
                .summary("Self-normalising exponential linear unit.")
                .paper("1706.02515", "Self-Normalizing Neural Networks");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return select(less(0, x), x, expm1(min(x, 0)).times(ALPHA)).times(LAMBDA);
    }
}
