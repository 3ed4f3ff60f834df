package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.softplus;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * A smooth rectifier: ln(1 + exp(β x))/β.
 */
@AutoService(Activation.class)
public final class Softplus implements Activation {
    private static final Option<Double> BETA =
            Option.real("beta", 1).range(0.001, 1000).doc("How sharp the bend is.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Softplus")
                .summary("Smooth rectifier.")
                .standard("The integral of the logistic function.")
                .options(BETA);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return softplus(x.times(s.option(BETA))).div(s.option(BETA));
    }
}
