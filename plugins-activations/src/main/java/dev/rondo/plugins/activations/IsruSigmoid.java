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
 * A gate without exponentials: ½ + ½ u/√(1 + α u²) with u = scale · x.
 *
 * <p>At α = 1 its bounds are 0 and 1; below, it leaves them. With scale 1 its slope at 0 is ½, twice that of the logistic
 * function; {@code scale=0.5} has the same slope and differs from it by at most 0.037.
 */
@AutoService(Activation.class)
public final class IsruSigmoid implements Activation {
    private static final Option<Double> ALPHA =
            Option.real("alpha", 1).range(0, 1000).doc("Bounds the value by ½ ± 1/(2√alpha).");
    private static final Option<Double> SCALE = Option.real("scale", 1)
            .range(0, 1000)
            .doc("Factor of the input; 0.5 gives the logistic function's slope at 0.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ISRU_sigmoid")
                .summary("Inverse square root unit in place of the logistic function.")
                .paper("1710.09967", "Improving Deep Learning by Inverse Square Root Linear Units (ISRLUs)")
                .example("ISRU_sigmoid_alpha=2")
                .options(ALPHA, SCALE, IsruAlpha.LEARNABLE);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        Expr u = s.option(SCALE).times(x);
        return u.times(rsqrt(IsruAlpha.of(s, x, ALPHA).times(square(u)).plus(1)))
                .plus(1)
                .div(2);
    }
}
