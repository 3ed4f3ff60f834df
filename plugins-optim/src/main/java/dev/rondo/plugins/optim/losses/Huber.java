package dev.rondo.plugins.optim.losses;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.OptionScope;

/**
 * Squared near the target, linear far from it, averaged over features; e is the error.
 *
 * <pre>
 * ½ e²              where |e| ≤ δ
 * δ (|e| − ½ δ)     elsewhere
 * </pre>
 *
 * <p>Said with q = min(|e|, δ) as ½ q² + δ (|e| − q), which has no branch. Half of what MSE is near the target, as in the paper.
 */
@AutoService(Loss.class)
public final class Huber implements Loss {
    private static final Option<Double> DELTA =
            Option.real("delta", 1).range(1e-9, 1e9).doc("Error at which the loss goes on in a straight line.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Huber")
                .summary("Squared error that goes on in a straight line from delta on.")
                .paper("Huber 1964", "Robust Estimation of a Location Parameter")
                .example("Huber_delta=0.5")
                .options(DELTA);
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        Expr distance = abs(output.minus(target));
        Expr near = min(distance, s.option(DELTA));
        Expr each = square(near).times(0.5).plus(distance.minus(near).times(s.option(DELTA)));
        return mean(each, Axis.FEATURES);
    }
}
