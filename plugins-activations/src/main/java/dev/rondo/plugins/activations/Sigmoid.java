package dev.rondo.plugins.activations;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/** The logistic function, 1/(1 + e⁻ˣ), in (0, 1); slope ¼ at 0. */
@AutoService(Activation.class)
public final class Sigmoid implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("sigmoid")
                .summary("Logistic function, from 0 to 1.")
                .standard("The logistic function, 1/(1 + exp(−x)).");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return Fn.sigmoid(x);
    }
}
