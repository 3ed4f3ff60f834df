package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.cos;
import static dev.rondo.api.expr.Fn.min;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** floor + (1 − floor) ½ (1 + cos(π d)), d the share of the training that is done. */
@AutoService(Schedule.class)
public final class Cosine implements Schedule {
    private static final Option<Double> FLOOR =
            Option.real("floor", 0.01).range(0, 1).doc("What is left at the end.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Cosine")
                .summary("Along half a cosine down to a floor.")
                .paper("1608.03983", "SGDR: Stochastic Gradient Descent with Warm Restarts")
                .options(FLOOR);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        return fall(min(s.done(), 1), s.value(FLOOR));
    }

    /** From 1 to {@code floor} while {@code share} goes from 0 to 1. */
    static Expr fall(Expr share, double floor) {
        return cos(share.times(Math.PI)).plus(1).times((1 - floor) * 0.5).plus(floor);
    }
}
