package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.clamp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * A logistic function of three straight pieces: slope · x + ½, held in 0 to 1; its derivative at the corners is 0.
 *
 * <p>Several slopes are in use: 1/6 (PyTorch, Keras 3), 0.2 (Keras 2, Theano), 0.25 (noisy units), 0.5 (BinaryConnect).
 */
@AutoService(Activation.class)
public final class HardSigmoid implements Activation {
    /** Slope between the corners. */
    enum Slope {
        SIXTH,
        FIFTH,
        QUARTER,
        HALF
    }

    private static final double[] SLOPES = {1.0 / 6, 0.2, 0.25, 0.5};
    private static final Option<Slope> SLOPE =
            Option.choice("slope", Slope.SIXTH).doc("Slope between the corners.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("HardSigmoid")
                .summary("Logistic function of three straight pieces.")
                .standard("Three straight pieces in place of the logistic function.")
                .options(SLOPE);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return clamp(x.times(SLOPES[s.value(SLOPE).ordinal()]).plus(0.5), 0, 1);
    }
}
