package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.dot;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.sqrt;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Gradient descent whose learning rate follows its own gradient.
 *
 * <pre>
 * h = Σ g d over all parameters, d the direction of the step before
 * η ← η + β h                              or η ← η (1 + β h/(‖g‖ ‖d‖)) with multiplicative=true
 * v ← μ v + g        d = v, or g + μ v with nesterov=true        θ ← θ − η d
 * </pre>
 */
@AutoService(Optimizer.class)
public final class SgdHd implements Optimizer {
    private static final Option<Double> LR =
            Option.real("lr", 0.001).range(0, Double.POSITIVE_INFINITY).doc("Learning rate of the first step.");
    private static final Option<Double> HYPER = Option.real("hyper-lr", 0.001)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Learning rate of the learning rate.");
    private static final Option<Boolean> MULTIPLICATIVE = Option.flag("multiplicative", false)
            .doc("Whether the rate changes by a factor, whatever the size of the gradients.");
    private static final Option<Double> MOMENTUM =
            Option.real("momentum", 0).range(0, 1).doc("Share of the last direction that is kept.");
    private static final Option<Boolean> NESTEROV =
            Option.flag("nesterov", false).doc("Look ahead along the momentum.");
    private static final Option<Double> FLOOR = Option.real("floor", 0).doc("Least learning rate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SGD_HD")
                .summary("Gradient descent with a learning rate that learns.")
                .paper("1703.04782", "Online Learning Rate Adaptation with Hypergradient Descent")
                .example("SGD_HD_lr=0.001_multiplicative=true")
                .options(LR, HYPER, MULTIPLICATIVE, MOMENTUM, NESTEROV, FLOOR)
                .preset(
                        "SGDN_HD",
                        as -> as.summary("Nesterov momentum with a learning rate that learns."),
                        "momentum=0.9",
                        "nesterov=true");
    }

    @Override
    public Expr update(OptimizerScope s) {
        boolean plain = s.value(MOMENTUM) == 0;
        s.require(!s.value(NESTEROV) || !plain, "nesterov=true needs a momentum above 0");
        Expr g = s.gradient();
        Expr last = s.state("d");
        Expr h = s.total("h", dot(g, last));
        Expr old = s.shared("eta", s.value(LR));
        Expr changed = s.value(MULTIPLICATIVE)
                ? old.times(cosine(s, h, g, last).times(s.option(HYPER)).plus(1))
                : old.plus(h.times(s.option(HYPER)));
        Expr rate = s.next("eta", max(changed, s.option(FLOOR)));
        Expr v = plain ? g : s.next("v", s.state("v").times(s.option(MOMENTUM)).plus(g));
        Expr d = s.value(NESTEROV) ? g.plus(v.times(s.option(MOMENTUM))) : v;
        return s.parameter().minus(rate.times(s.next("d", d)));
    }

    private static Expr cosine(OptimizerScope s, Expr h, Expr g, Expr last) {
        Expr lengths = sqrt(s.total("gg", dot(g, g)).times(s.total("dd", dot(last, last))));
        return h.div(max(lengths, 1e-300));
    }
}
