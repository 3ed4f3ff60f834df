package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Divides each step by the root of a running mean of squared gradients.
 *
 * <pre>
 * v ← α v + (1 − α) g²       centered:  w ← α w + (1 − α) g,  v' = v − w²,  else v' = v
 * d = g/(√v' + ε)            b ← μ b + d            θ ← θ − η b
 * </pre>
 */
@AutoService(Optimizer.class)
public final class RmsProp implements Optimizer {
    private static final Option<Double> ALPHA =
            Option.real("alpha", 0.99).range(0, 1).below(1).doc("Share of the mean that is kept.");
    private static final Option<Boolean> CENTERED =
            Option.flag("centered", false).doc("Whether the square of the mean gradient is taken off the mean square.");
    private static final Option<Double> MOMENTUM =
            Option.real("momentum", 0).range(0, 1).doc("Share of the last direction that is kept.");
    private static final Option<Double> EPS =
            Option.real("eps", 1e-8).range(1e-30, 1).doc("ε, added to the root.");
    private static final Option<Boolean> INSIDE =
            Option.flag("eps-inside", false).doc("Whether ε is added under the root, as by TensorFlow.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("RMSProp")
                .summary("Steps scaled by a running mean of squared gradients.")
                .paper(
                        "Hinton 2012, Graves 2013",
                        "Lecture 6e of Neural Networks for Machine Learning; arXiv 1308.0850 for the centred form with momentum")
                .example("RMSProp_centered=true")
                .learningRate(0.01)
                .options(ALPHA, CENTERED, MOMENTUM, EPS, INSIDE);
    }

    @Override
    public Expr update(OptimizerScope s) {
        s.require(!s.value(CENTERED) || s.value(ALPHA) > 0, "needs alpha > 0 where centered: g² − g² is 0");
        Expr g = s.gradient();
        Expr v = s.next("v", lerp(s.state("v"), square(g), oneMinus(s.option(ALPHA))));
        if (s.value(CENTERED)) {
            v = max(v.minus(square(s.next("w", lerp(s.state("w"), g, oneMinus(s.option(ALPHA)))))), 0);
        }
        Expr d = g.div(s.value(INSIDE) ? sqrt(v.plus(s.option(EPS))) : sqrt(v).plus(s.option(EPS)));
        Expr b = s.value(MOMENTUM) == 0
                ? d
                : s.next("b", s.state("b").times(s.option(MOMENTUM)).plus(d));
        return s.parameter().minus(s.learningRate().times(b));
    }
}
