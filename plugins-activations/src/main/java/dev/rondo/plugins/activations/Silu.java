package dev.rondo.plugins.activations;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * The sigmoid linear unit x σ(β x), also called Swish.
 */
@AutoService(Activation.class)
public final class Silu implements Activation {
    private static final Option<Double> BETA =
            Option.real("beta", 1).range(0, 1000).doc("How steep the logistic factor is.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SiLU")
                .summary("x times its logistic function.")
                .paper("1710.05941", "Searching for Activation Functions")
                .options(BETA);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return x.times(Fn.sigmoid(x.times(s.option(BETA))));
    }
}
