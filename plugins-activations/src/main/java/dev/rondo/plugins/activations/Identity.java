package dev.rondo.plugins.activations;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/** x itself: switches an activation off. */
@AutoService(Activation.class)
public final class Identity implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("identity")
                .summary("The value itself: switches an activation off.")
                .standard("The identity, x.");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return x;
    }
}
