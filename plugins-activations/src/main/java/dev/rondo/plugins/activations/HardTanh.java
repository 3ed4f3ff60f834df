package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.clamp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * x, held within its bounds; its derivative at the corners is 0.
 */
@AutoService(Activation.class)
public final class HardTanh implements Activation {
    private static final Option<Double> LOW =
            Option.real("low", -1).range(-1000000.0, 1000000.0).doc("Least value.");
    private static final Option<Double> HIGH =
            Option.real("high", 1).range(-1000000.0, 1000000.0).doc("Largest value.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("HardTanh")
                .summary("tanh of three straight pieces.")
                .standard("Three straight pieces in place of tanh.")
                .options(LOW, HIGH);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        s.require(s.value(LOW) < s.value(HIGH), "needs low below high");
        return clamp(x, s.value(LOW), s.value(HIGH));
    }
}
