package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;

/**
 * AdamW whose parameters are an average that needs no schedule.
 *
 * <pre>
 * as ScheduleFreeSGD, with z ← z − ηₖ (g/(√(v/(1 − β₂ᵗ)) + ε) + λ y)       v ← β₂ v + (1 − β₂) g²
 * </pre>
 */
@AutoService(Optimizer.class)
public final class ScheduleFreeAdamW implements Optimizer {
    @Override
    public Descriptor describe() {
        return Descriptor.of("ScheduleFreeAdamW")
                .summary("Averaged AdamW without a schedule.")
                .paper("2405.15682", "The Road Less Scheduled")
                .example("ScheduleFreeAdamW_lr=0.0025")
                .learningRate(0.0025)
                .schedule("Constant")
                .options(
                        ScheduleFreeSgd.BETA,
                        ScheduleFreeSgd.WARMUP,
                        ScheduleFreeSgd.POWER,
                        ScheduleFreeSgd.DECAY,
                        Adam.B2,
                        Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr v = s.next("v", lerp(s.state("v"), square(s.gradient()), oneMinus(s.option(Adam.B2))));
        Expr scale = sqrt(v.div(oneMinus(pow(s.option(Adam.B2), s.count())))).plus(s.option(Adam.EPS));
        Expr direction = s.gradient().div(scale).plus(ScheduleFreeSgd.point(s).times(s.option(ScheduleFreeSgd.DECAY)));
        return ScheduleFreeSgd.averaged(s, direction);
    }

    @Override
    public Expr gradientPoint(OptimizerScope s) {
        return ScheduleFreeSgd.point(s);
    }
}
