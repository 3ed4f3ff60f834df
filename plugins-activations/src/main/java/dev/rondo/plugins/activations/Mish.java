package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.softplus;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/**
 * x tanh(softplus(x)).
 */
@AutoService(Activation.class)
public final class Mish implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Mish")
                .summary("x times tanh of its softplus.")
                .paper("1908.08681", "Mish: A Self Regularized Non-Monotonic Activation Function");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return x.times(Fn.tanh(softplus(x)));
    }
}
