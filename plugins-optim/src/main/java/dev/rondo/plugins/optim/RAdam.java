package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Adam that steps along the mean gradient alone until its mean square rests on enough gradients.
 *
 * <pre>
 * ρ∞ = 2/(1 − β₂) − 1       ρ = ρ∞ − 2 t β₂ᵗ/(1 − β₂ᵗ)
 * θ ← θ − η m̂ r √(1 − β₂ᵗ)/(√v + ε)   where ρ &gt; threshold,  r² = (ρ − 4)(ρ − 2) ρ∞/((ρ∞ − 4)(ρ∞ − 2) ρ)
 * θ ← θ − η m̂                          elsewhere
 * </pre>
 */
@AutoService(Optimizer.class)
public final class RAdam implements Optimizer {
    private static final Option<Double> THRESHOLD = Option.real("threshold", 5)
            .range(4, 1000)
            .doc("ρ above which the mean square is used; the paper has 4, PyTorch 5.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("RAdam")
                .summary("Adam with a rectified start.")
                .paper("1908.03265", "On the Variance of the Adaptive Learning Rate and Beyond")
                .example("RAdam_lr=0.001")
                .learningRate(0.001)
                .options(THRESHOLD, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        double end = 2 / (1 - s.value(Adam.B2)) - 1;
        Expr g = s.gradient();
        Expr m = s.next("m", lerp(s.state("m"), g, oneMinus(s.option(Adam.B1))));
        Expr v = s.next("v", lerp(s.state("v"), square(g), oneMinus(s.option(Adam.B2))));
        Expr kept = pow(s.option(Adam.B2), s.count());
        Expr rho = Expr.of(end).minus(s.count().times(kept).times(2).div(oneMinus(kept)));
        Expr safe = max(rho, s.option(THRESHOLD));
        double scale = end / ((end - 4) * (end - 2));
        Expr r = sqrt(safe.minus(4).times(safe.minus(2)).times(scale).div(safe).times(oneMinus(kept)));
        Expr mean = m.div(oneMinus(pow(s.option(Adam.B1), s.count())));
        Expr step = select(less(s.option(THRESHOLD), rho), mean.times(r).div(sqrt(v).plus(s.option(Adam.EPS))), mean);
        return s.parameter().minus(s.learningRate().times(step));
    }
}
