package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Divides each step by the root of the sum of all squared gradients so far.
 *
 * <pre>
 * a ← a + g²          θ ← θ − η/(1 + (t − 1) decay) · g/(√a + ε)
 * </pre>
 */
@AutoService(Optimizer.class)
public final class AdaGrad implements Optimizer {
    private static final Option<Double> INITIAL = Option.real("initial", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("What the sum begins with; 0 makes the first step the same for any gradient.");
    private static final Option<Double> RATE_DECAY = Option.real("decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("How fast the learning rate falls with the number of steps.");
    private static final Option<Double> EPS =
            Option.real("eps", 1e-10).range(1e-30, 1).doc("ε, added to the root.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("AdaGrad")
                .summary("Steps that shrink as squared gradients add up.")
                .paper(
                        "Duchi et al. 2011",
                        "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization")
                .example("AdaGrad_lr=0.01")
                .learningRate(0.01)
                .options(INITIAL, RATE_DECAY, EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr a = s.next("a", s.state("a", s.value(INITIAL)).plus(square(s.gradient())));
        Expr rate = s.learningRate()
                .div(s.count().minus(1).times(s.option(RATE_DECAY)).plus(1));
        return s.parameter().minus(rate.times(s.gradient()).div(sqrt(a).plus(s.option(EPS))));
    }
}
