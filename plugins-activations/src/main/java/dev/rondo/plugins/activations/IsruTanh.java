package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.rsqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * A squashing function without exponentials: x/√(1 + α x²), in ±1/√α; slope 1 at 0.
 *
 * <p>Its tails approach the bounds like 1/x², much slower than those of tanh, from which it differs by at most 0.074 at α = 1.
 */
@AutoService(Activation.class)
public final class IsruTanh implements Activation {
    private static final Option<Double> ALPHA =
            Option.real("alpha", 1).range(0, 1000).doc("Bounds the value by ±1/√alpha.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ISRU_tanh")
                .summary("Inverse square root unit in place of tanh.")
                .paper("1710.09967", "Improving Deep Learning by Inverse Square Root Linear Units (ISRLUs)")
                .example("ISRU_tanh_alpha=2")
                .options(ALPHA, IsruAlpha.LEARNABLE);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return x.times(rsqrt(IsruAlpha.of(s, x, ALPHA).times(square(x)).plus(1)));
    }
}
