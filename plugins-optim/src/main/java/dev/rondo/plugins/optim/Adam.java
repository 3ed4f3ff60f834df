package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Steps along the mean gradient, each weight's divided by how large its gradients are.
 *
 * <pre>
 * m ← β₁ m + (1 − β₁) g       v ← β₂ v + (1 − β₂) g²       m̂ = m/(1 − β₁ᵗ)       v̂ = v/(1 − β₂ᵗ)
 * θ ← θ − η m̂/(√v̂ + ε)       eps-hat: θ ← θ − η m̂/((√v + ε)/√(1 − β₂ᵗ))
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Adam implements Optimizer {
    static final Option<Double> B1 =
            Option.real("b1", 0.9).range(0, 1).below(1).doc("Share of the mean gradient that is kept.");
    static final Option<Double> B2 =
            Option.real("b2", 0.999).range(0, 1).below(1).doc("Share of the mean squared gradient that is kept.");
    static final Option<Double> EPS =
            Option.real("eps", 1e-8).range(1e-30, 1).doc("ε, added to the root of the mean squared gradient.");
    private static final Option<Double> DECAY = Option.real("weight-decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is added to its gradient.");
    private static final Option<Boolean> EPS_HAT = Option.flag("eps-hat", false)
            .doc("Whether ε is added before the correction of the start, as by TensorFlow 1.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Adam")
                .summary("Steps scaled by running means of the gradient and of its square.")
                .paper("1412.6980", "Adam: A Method for Stochastic Optimization")
                .example("Adam_lr=0.001")
                .learningRate(0.001)
                .options(B1, B2, EPS, DECAY, EPS_HAT);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr g = s.value(DECAY) == 0
                ? s.gradient()
                : s.gradient().plus(s.option(DECAY).times(s.parameter()));
        Expr start = sqrt(oneMinus(pow(s.option(B2), s.count())));
        Expr eps = s.value(EPS_HAT) ? s.option(EPS).div(start) : s.option(EPS);
        return s.parameter().minus(s.learningRate().times(direction(s, g, eps)));
    }

    /** m̂/(√v̂ + ε), with the options of the optimiser that calls; they have to be among its own. */
    static Expr direction(OptimizerScope s) {
        return direction(s, s.gradient(), s.option(EPS));
    }

    /** The same for a changed gradient and an ε of the caller's. */
    static Expr direction(OptimizerScope s, Expr g, Expr eps) {
        Expr m = s.next("m", lerp(s.state("m"), g, oneMinus(s.option(B1))));
        Expr v = s.next("v", lerp(s.state("v"), square(g), oneMinus(s.option(B2))));
        Expr mean = m.div(oneMinus(pow(s.option(B1), s.count())));
        Expr scale = v.div(oneMinus(pow(s.option(B2), s.count())));
        return mean.div(sqrt(scale).plus(eps));
    }
}
