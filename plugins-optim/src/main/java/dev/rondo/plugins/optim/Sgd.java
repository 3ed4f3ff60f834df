package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Steps against the gradient, on request with momentum μ, dampening d and a decay λ of the weights.
 *
 * <pre>
 * g ← g + λ θ      b' = g in the first step, then μ b + (1 − d) g      θ' = θ − η b', with nesterov θ − η (g + μ b')
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Sgd implements Optimizer {
    private static final Option<Double> MOMENTUM =
            Option.real("momentum", 0).range(0, 1).doc("μ, the share of the last direction that is kept.");
    private static final Option<Double> DAMPENING =
            Option.real("dampening", 0).range(0, 1).doc("d, the share of the gradient that momentum leaves out.");
    private static final Option<Boolean> NESTEROV =
            Option.flag("nesterov", false).doc("Whether it looks ahead along the momentum.");
    private static final Option<Double> DECAY = Option.real("weight-decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("λ, the share of the parameter that is added to its gradient.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SGD")
                .summary("Gradient descent, with momentum on request.")
                .standard("Stochastic gradient descent, the learning rate outside of the momentum")
                .example("SGD_momentum=0.9")
                .learningRate(0.01)
                .options(MOMENTUM, DAMPENING, NESTEROV, DECAY);
    }

    @Override
    public Expr update(OptimizerScope s) {
        boolean plain = s.value(MOMENTUM) == 0;
        s.require(
                !s.value(NESTEROV) || !plain && s.value(DAMPENING) == 0,
                "nesterov=true needs a momentum above 0 and no dampening");
        Expr g = s.value(DECAY) == 0
                ? s.gradient()
                : s.gradient().plus(s.option(DECAY).times(s.parameter()));
        return s.parameter().minus(s.learningRate().times(plain ? g : direction(s, g)));
    }

    private static Expr direction(OptimizerScope s, Expr g) {
        Expr damped = Fn.oneMinus(s.option(DAMPENING));
        Expr fresh = select(Fn.less(s.count(), 2), Expr.of(1), damped); // the first gradient enters whole
        Expr b = s.next("b", s.option(MOMENTUM).times(s.state("b")).plus(fresh.times(g)));
        return s.value(NESTEROV) ? g.plus(s.option(MOMENTUM).times(b)) : b;
    }
}
