package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.norm;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Adam whose step for each parameter is as long as the parameter is large.
 *
 * <pre>
 * r = m̂/(√v̂ + ε) + λ θ       θ ← θ − η (‖θ‖/‖r‖) r,  the quotient 1 where a norm is 0
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Lamb implements Optimizer {
    private static final Option<Double> EPS =
            Option.real("eps", 1e-6).range(1e-30, 1).doc("ε, added to the root of the mean squared gradient.");
    private static final Option<Double> DECAY = Option.real("weight-decay", 0.01)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is added to its direction.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LAMB")
                .summary("Adam with a trust ratio per parameter, for large batches.")
                .paper("1904.00962", "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes")
                .example("LAMB_lr=0.001")
                .learningRate(0.001)
                .options(EPS, DECAY, Adam.B1, Adam.B2);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr w = s.parameter();
        Expr r = Adam.direction(s, s.gradient(), s.option(EPS)).plus(w.times(s.option(DECAY)));
        Expr size = norm(w);
        Expr length = norm(r);
        Expr none = less(min(size, length), Double.MIN_NORMAL);
        Expr trust = select(none, Expr.of(1), size.div(select(none, Expr.of(1), length)));
        return w.minus(s.learningRate().times(trust).times(r));
    }
}
