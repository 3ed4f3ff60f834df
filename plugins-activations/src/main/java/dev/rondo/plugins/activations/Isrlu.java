package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.rsqrt;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * Inverse square root linear unit: x above 0, x/√(1 + α x²) below; twice differentiable at 0.
 */
@AutoService(Activation.class)
public final class Isrlu implements Activation {
    private static final Option<Double> ALPHA =
            Option.real("alpha", 1).range(0, 1000).doc("Bounds the negative side by −1/√alpha.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ISRLU")
                .summary("Linear above 0, an inverse square root unit below.")
                .paper("1710.09967", "Improving Deep Learning by Inverse Square Root Linear Units (ISRLUs)")
                .example("ISRLU_alpha=2")
                .options(ALPHA, IsruAlpha.LEARNABLE);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        Expr negative = x.times(rsqrt(IsruAlpha.of(s, x, ALPHA).times(square(x)).plus(1)));
        return select(less(x, 0), negative, x);
    }
}
