package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.min;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * A hard logistic function with noise where it is saturated, so that a gradient flows there too.
 *
 * <p>h is the hard function, u its straight line, Δ = h − u, d = −sign(x) sign(1 − α).
 *
 * <pre>
 * y = α h + (1 − α) u + d c (σ(p Δ) − ½)² ξ
 * </pre>
 *
 * <p>p is trained, one for each unit, from 1. In training ξ is drawn anew in each step, in evaluation it is its mean: √(2/π) for
 * the absolute value of a normal variable, 0 for a normal one. Values may leave the hard function's range. Where Δ = 0
 * there is no noise, and at the corners the slope is that of the line. The line is ¼ x + ½.
 */
@AutoService(Activation.class)
public final class NoisyHardSigmoid implements Activation {
    private static final Option<Double> ALPHA = Option.real("alpha", 1.1)
            .range(0, 10)
            .doc("Weight of the hard function; above 1 noise pushes back to the middle.");
    private static final Option<Double> C = Option.real("c", 0.15).range(0, 100).doc("Size of the noise.");
    private static final Option<Boolean> HALF =
            Option.flag("half", true).doc("Whether the noise is the absolute value of a normal variable.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("NoisyHardSigmoid")
                .summary("Hard logistic function with noise where it is saturated.")
                .paper("1603.00391", "Noisy Activation Functions")
                .options(ALPHA, C, HALF);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        Expr u = x.times(0.25).plus(0.5);
        return NoisySaturation.of(s, x, max(min(u, 1), 0), u, s.value(ALPHA), s.option(C), s.value(HALF));
    }
}
