package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.dot;
import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.oneMinus;
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
 * Adam whose rate is a lower bound of the distance to the solution, which grows while training goes on.
 *
 * <pre>
 * a = d η Σ g s/(√v + ε)             m ← β₁ m + d η (1 − β₁) g       v ← β₂ v + (1 − β₂) g²
 * s ← q s + d η (1 − q) g            r ← q r + (1 − q) a             q = √β₂
 * d ← max(d, min(r/((1 − q) ‖s‖₁), d · growth))                      θ ← θ (1 − d η λ) − m/(√v + ε)
 * </pre>
 */
@AutoService(Optimizer.class)
public final class DAdaptation implements Optimizer {
    private static final Option<Double> D0 = Option.real("d0", 1e-6)
            .range(1e-30, Double.POSITIVE_INFINITY)
            .doc("First estimate of the distance; far too small is right.");
    private static final Option<Double> GROWTH = Option.real("growth", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("By what d may grow in one step at most, 1 or more; 0 for any.");
    private static final Option<Double> DECAY = Option.real("weight-decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is taken from it, times the learning rate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("D-Adaptation")
                .summary("Adam that learns its learning rate, D-adapted.")
                .paper("2301.07733", "Learning-Rate-Free Learning by D-Adaptation")
                .example("D-Adaptation_growth=1.02")
                .learningRate(1)
                .schedule("Constant")
                .options(D0, GROWTH, DECAY, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        s.require(s.value(GROWTH) == 0 || s.value(GROWTH) >= 1, "needs a growth of at least 1, or 0 for any");
        Expr g = s.gradient();
        Expr q = sqrt(s.option(Adam.B2));
        Expr d = s.shared("d", s.value(D0));
        Expr step = d.times(s.learningRate());
        Expr before = s.state("v");
        Expr old = s.state("s");
        Expr along = s.total("a", dot(g, old.div(sqrt(before).plus(s.option(Adam.EPS)))))
                .times(step);
        Expr m = s.next(
                "m", s.state("m").times(s.option(Adam.B1)).plus(g.times(step.times(oneMinus(s.option(Adam.B1))))));
        Expr v = s.next("v", lerp(before, square(g), oneMinus(s.option(Adam.B2))));
        Expr sum = s.next("s", old.times(q).plus(g.times(step.times(oneMinus(q)))));
        Expr r = s.next("r", lerp(along, s.shared("r", 0), q));
        Expr estimate = r.div(max(s.total("s", sum(abs(sum))).times(oneMinus(q)), 1e-300));
        s.next("d", max(d, s.value(GROWTH) == 0 ? estimate : min(estimate, d.times(s.option(GROWTH)))));
        Expr kept = oneMinus(step.times(s.option(DECAY)));
        return s.parameter().times(kept).minus(m.div(sqrt(v).plus(s.option(Adam.EPS))));
    }
}
