package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.clamp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/**
 * x times a logistic function of three straight pieces: x · max(0, min(1, x/6 + ½)).
 */
@AutoService(Activation.class)
public final class HardSwish implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("HardSwish")
                .summary("SiLU of straight pieces.")
                .paper("1905.02244", "Searching for MobileNetV3");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return x.times(clamp(x.div(6).plus(0.5), 0, 1));
    }
}
