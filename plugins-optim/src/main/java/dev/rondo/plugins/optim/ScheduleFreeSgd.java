package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Gradient descent whose parameters are an average that needs no schedule.
 *
 * <pre>
 * y = β x + (1 − β) z, where the gradient is taken       ηₖ = η min(1, t/warmup)
 * z ← z − ηₖ (g + λ y)       w = tʳ (max η)²       W ← W + w       x ← x + (w/W)(z − x)
 * </pre>
 */
@AutoService(Optimizer.class)
public final class ScheduleFreeSgd implements Optimizer {
    static final Option<Double> BETA =
            Option.real("beta", 0.9).range(0, 1).doc("β, how near to the average the gradient is taken.");
    static final Option<Integer> WARMUP =
            Option.whole("warmup", 0).range(0, 1_000_000_000).doc("Steps over which the rate rises from 0.");
    static final Option<Double> POWER = Option.real("r", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Power of the step number that weighs the average.");
    static final Option<Double> DECAY = Option.real("weight-decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is added to its gradient.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ScheduleFreeSGD")
                .summary("Averaged gradient descent without a schedule.")
                .paper("2405.15682", "The Road Less Scheduled")
                .example("ScheduleFreeSGD_lr=1")
                .learningRate(1)
                .schedule("Constant")
                .options(BETA, WARMUP, POWER, DECAY);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr g = s.value(DECAY) == 0 ? s.gradient() : s.gradient().plus(point(s).times(s.option(DECAY)));
        return averaged(s, g);
    }

    @Override
    public Expr gradientPoint(OptimizerScope s) {
        return point(s);
    }

    /** y. */
    static Expr point(OptimizerScope s) {
        return lerp(s.state("z", s.initial()), s.parameter(), s.option(BETA));
    }

    /** The learning rate after warming up. */
    static Expr rate(OptimizerScope s) {
        return s.value(WARMUP) == 0
                ? s.learningRate()
                : s.learningRate().times(min(s.count().div(s.value(WARMUP)), 1));
    }

    /** x, after z has gone along {@code direction}. */
    static Expr averaged(OptimizerScope s, Expr direction) {
        Expr most = s.next("most", max(s.shared("most", 0), rate(s)));
        Expr weight = pow(s.count(), s.option(POWER)).times(square(most));
        Expr total = s.next("W", s.shared("W", 0).plus(weight));
        Expr z = s.next("z", s.state("z", s.initial()).minus(rate(s).times(direction)));
        Expr share =
                select(less(0, total), weight.div(total), Expr.of(0)); // 0/0 while the rate has been 0 in every step
        return lerp(s.parameter(), z, share);
    }
}
