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
 * Adam with a look ahead along its momentum.
 *
 * <pre>
 * μₜ = β₁ (1 − ½ · 0.96^(t ψ))       P ← P μₜ
 * m̂  = μₜ₊₁ m/(1 − P μₜ₊₁) + (1 − μₜ) g/(1 − P)         θ ← θ − η m̂/(√v̂ + ε)
 * m̂  = β₁ m/(1 − β₁ᵗ⁺¹) + (1 − β₁) g/(1 − β₁ᵗ)         simplified=true
 * </pre>
 */
@AutoService(Optimizer.class)
public final class NAdam implements Optimizer {
    private static final Option<Double> PSI =
            Option.real("psi", 0.004).range(0, 1).doc("ψ, how fast the momentum rises to b1.");
    private static final Option<Boolean> SIMPLIFIED =
            Option.flag("simplified", false).doc("Whether the momentum is b1 from the beginning.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("NAdam")
                .summary("Adam with Nesterov momentum.")
                .paper("Dozat 2016", "Incorporating Nesterov Momentum into Adam")
                .example("NAdam_lr=0.002")
                .learningRate(0.002)
                .options(PSI, SIMPLIFIED, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr g = s.gradient();
        Expr m = s.next("m", lerp(s.state("m"), g, oneMinus(s.option(Adam.B1))));
        Expr v = s.next("v", lerp(s.state("v"), square(g), oneMinus(s.option(Adam.B2))));
        boolean simple = s.value(SIMPLIFIED);
        Expr now = simple ? s.option(Adam.B1) : momentum(s, s.count());
        Expr ahead = simple ? s.option(Adam.B1) : momentum(s, s.count().plus(1));
        Expr product = simple
                ? pow(s.option(Adam.B1), s.count())
                : s.next("P", s.shared("P", 1).times(now));
        Expr mean = ahead.times(m)
                .div(oneMinus(product.times(ahead)))
                .plus(oneMinus(now).times(g).div(oneMinus(product)));
        Expr scale = v.div(oneMinus(pow(s.option(Adam.B2), s.count())));
        return s.parameter().minus(s.learningRate().times(mean).div(sqrt(scale).plus(s.option(Adam.EPS))));
    }

    private static Expr momentum(OptimizerScope s, Expr t) {
        return s.option(Adam.B1)
                .times(oneMinus(pow(0.96, t.times(s.option(PSI))).times(0.5)));
    }
}
