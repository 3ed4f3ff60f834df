package dev.rondo.plugins.activations;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/** The rectifier, max(x, 0); its derivative at 0 is 0. */
@AutoService(Activation.class)
public final class Relu implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("ReLU").summary("Rectifier: x above 0, else 0.").standard("The rectifier, max(x, 0).");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return Fn.relu(x);
    }
}
