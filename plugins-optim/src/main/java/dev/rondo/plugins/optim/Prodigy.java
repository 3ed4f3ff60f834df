package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.dot;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Adam that estimates the distance to the solution and steps by it.
 *
 * <pre>
 * N ← β₃ N + (d/d₀) d η Σ g (θ₀ − θ)       s ← β₃ s + (d/d₀) d η g       β₃ = √β₂
 * m ← β₁ m + d (1 − β₁) g                  v ← β₂ v + d² (1 − β₂) g²
 * d̂ = c N/‖s‖₁                             θ ← θ (1 − d η λ) − d η m/(√v + d' ε),  d' the new d
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Prodigy implements Optimizer {
    private static final Option<Double> D0 = Option.real("d0", 1e-6)
            .range(1e-30, Double.POSITIVE_INFINITY)
            .doc("d₀, first estimate of the distance; far too small is right.");
    private static final Option<Double> COEF =
            Option.real("d-coef", 1).range(0, Double.POSITIVE_INFINITY).doc("c, factor of the estimate.");
    private static final Option<Double> GROWTH = Option.real("growth", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("By what d may grow in one step at most, 1 or more; 0 for any.");
    private static final Option<Double> DECAY = Option.real("weight-decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is taken from it, times the learning rate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Prodigy")
                .summary("Adam that finds its learning rate.")
                .paper("2306.06101", "Prodigy: An Expeditiously Adaptive Parameter-Free Learner")
                .example("Prodigy_d0=1e-6")
                .learningRate(1)
                .schedule("Constant")
                .options(D0, COEF, GROWTH, DECAY, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        s.require(s.value(GROWTH) == 0 || s.value(GROWTH) >= 1, "needs a growth of at least 1, or 0 for any");
        double d0 = s.value(D0);
        Expr g = s.gradient();
        Expr kept = sqrt(s.option(Adam.B2));
        Expr d = s.shared("d", d0);
        Expr step = d.times(s.learningRate());
        Expr weight = d.times(step).div(d0);
        Expr m = s.next("m", s.state("m").times(s.option(Adam.B1)).plus(g.times(d.times(oneMinus(s.option(Adam.B1))))));
        Expr fresh = square(g).times(square(d).times(oneMinus(s.option(Adam.B2))));
        Expr v = s.next("v", s.state("v").times(s.option(Adam.B2)).plus(fresh));
        Expr sum = s.next("s", s.state("s").times(kept).plus(g.times(weight)));
        Expr gap = s.total("gap", dot(g, s.initial().minus(s.parameter())));
        Expr n = s.next("N", s.shared("N", 0).times(kept).plus(gap.times(weight)));
        Expr estimate = n.times(s.option(COEF)).div(max(s.total("s", sum(abs(sum))), 1e-300));
        Expr most = s.next("most", max(s.shared("most", d0), estimate));
        Expr base = select(less(d0, d), d, max(d, estimate));
        Expr after = s.next("d", s.value(GROWTH) == 0 ? most : min(most, base.times(s.option(GROWTH))));
        Expr moved = step.times(m).div(sqrt(v).plus(after.times(s.option(Adam.EPS))));
        return s.parameter().times(oneMinus(step.times(s.option(DECAY)))).minus(moved);
    }
}
