package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
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
 * Scales each step by running means of squared gradients and of squared steps.
 *
 * <pre>
 * v ← ρ v + (1 − ρ) g²       d = √(u + ε)/√(v + ε) · g       u ← ρ u + (1 − ρ) d²       θ ← θ − η d
 * </pre>
 */
@AutoService(Optimizer.class)
public final class AdaDelta implements Optimizer {
    private static final Option<Double> RHO =
            Option.real("rho", 0.9).range(0, 1).below(1).doc("Share of the means that is kept.");
    private static final Option<Double> EPS =
            Option.real("eps", 1e-6).range(1e-30, 1).doc("ε, under both roots; decides how small the first steps are.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("AdaDelta")
                .summary("Steps in the units of the parameter, without much of a rate.")
                .paper("1212.5701", "ADADELTA: An Adaptive Learning Rate Method")
                .example("AdaDelta_lr=1")
                .learningRate(1)
                .options(RHO, EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr v = s.next("v", lerp(s.state("v"), square(s.gradient()), oneMinus(s.option(RHO))));
        Expr old = s.state("u");
        Expr d = sqrt(old.plus(s.option(EPS))).div(sqrt(v.plus(s.option(EPS)))).times(s.gradient());
        s.next("u", lerp(old, square(d), oneMinus(s.option(RHO))));
        return s.parameter().minus(s.learningRate().times(d));
    }
}
