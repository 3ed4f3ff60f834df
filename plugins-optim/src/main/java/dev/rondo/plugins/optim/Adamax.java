package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;

/**
 * Adam with the largest recent gradient in place of the root of the mean square.
 *
 * <pre>
 * u ← max(β₂ u, |g| + ε)       θ ← θ − η/(1 − β₁ᵗ) · m/u
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Adamax implements Optimizer {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Adamax")
                .summary("Adam by the largest gradient.")
                .paper("1412.6980", "Adam: A Method for Stochastic Optimization, section 7.1")
                .example("Adamax_lr=0.002")
                .learningRate(0.002)
                .options(Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr g = s.gradient();
        Expr m = s.next("m", lerp(s.state("m"), g, oneMinus(s.option(Adam.B1))));
        Expr u = s.next("u", max(s.state("u").times(s.option(Adam.B2)), abs(g).plus(s.option(Adam.EPS))));
        Expr rate = s.learningRate().div(oneMinus(pow(s.option(Adam.B1), s.count())));
        return s.parameter().minus(rate.times(m).div(u));
    }
}
