package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Momentum that may exceed 1 while the loss falls, and returns below it when the loss rises.
 *
 * <pre>
 * A' = (A + l)/2       μ = standard where A' &gt; tolerance · A, else greater
 * g = ∇l(θ + μ v)      v ← μ v − η g       θ ← θ + v
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Adine implements Optimizer {
    private static final Option<Double> STANDARD =
            Option.real("standard", 0.9).range(0, 1).doc("Momentum while the loss rises, and in the first step.");
    private static final Option<Double> GREATER =
            Option.real("greater", 1.0001).range(0, 2).doc("Momentum while the loss falls.");
    private static final Option<Double> TOLERANCE = Option.real("tolerance", 1)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("How far the average may rise before it counts as rising.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ADINE")
                .summary("Nesterov momentum that adapts to the course of the loss.")
                .paper("1712.07424", "ADINE: An Adaptive Momentum Method for Stochastic Gradient Descent")
                .example("ADINE_lr=0.001")
                .learningRate(0.001)
                .options(STANDARD, GREATER, TOLERANCE);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr v = s.next(
                "v", momentum(s).times(s.state("v")).minus(s.learningRate().times(s.gradient())));
        s.next("A", average(s));
        return s.parameter().plus(v);
    }

    @Override
    public Expr gradientPoint(OptimizerScope s) {
        return s.parameter().plus(momentum(s).times(s.state("v")));
    }

    private static Expr average(OptimizerScope s) {
        return s.shared("A", 0).plus(s.loss()).div(2);
    }

    private static Expr momentum(OptimizerScope s) {
        Expr rising = less(s.shared("A", 0).times(s.option(TOLERANCE)), average(s));
        return select(rising, s.option(STANDARD), s.option(GREATER));
    }
}
