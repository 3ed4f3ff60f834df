package dev.rondo.plugins.activations;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/** The hyperbolic tangent, in (−1, 1); slope 1 at 0. */
@AutoService(Activation.class)
public final class Tanh implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("tanh")
                .summary("Hyperbolic tangent, from −1 to 1.")
                .standard("The hyperbolic tangent.");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return Fn.tanh(x);
    }
}
