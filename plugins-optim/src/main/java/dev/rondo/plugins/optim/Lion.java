package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.sign;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Steps of one size for all weights: the sign of a mix of momentum and gradient.
 *
 * <pre>
 * c = β₁ m + (1 − β₁) g       θ ← θ (1 − η λ) − η sign(c)       m ← β₂ m + (1 − β₂) g
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Lion implements Optimizer {
    private static final Option<Double> B2 =
            Option.real("b2", 0.99).range(0, 1).doc("Share of the momentum that is kept.");
    private static final Option<Double> DECAY = Option.real("weight-decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is taken from it, times the learning rate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Lion")
                .summary("Sign of the momentum; found by search.")
                .paper("2302.06675", "Symbolic Discovery of Optimization Algorithms")
                .example("Lion_lr=0.01")
                .learningRate(1e-4)
                .options(Adam.B1, B2, DECAY);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr g = s.gradient();
        Expr m = s.state("m");
        s.next("m", lerp(m, g, oneMinus(s.option(B2))));
        Expr kept = oneMinus(s.learningRate().times(s.option(DECAY)));
        return s.parameter().times(kept).minus(s.learningRate().times(sign(lerp(g, m, s.option(Adam.B1)))));
    }
}
