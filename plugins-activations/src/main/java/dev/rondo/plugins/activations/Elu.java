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
import dev.rondo.api.spi.Option;

/**
 * The exponential linear unit: x above 0, α (exp(x) − 1) below, in −α to ∞.
 *
 * <p>Its slope jumps at 0 unless α = 1.
 */
@AutoService(Activation.class)
public final class Elu implements Activation {
    private static final Option<Double> ALPHA =
            Option.real("alpha", 1).range(0, 1000).doc("The negative side ends at −alpha.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ELU")
                .summary("Linear above 0, an exponential that ends at −alpha below.")
                .paper("1511.07289", "Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)")
                .options(ALPHA);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return select(less(0, x), x, expm1(min(x, 0)).times(s.option(ALPHA)));
    }
}
