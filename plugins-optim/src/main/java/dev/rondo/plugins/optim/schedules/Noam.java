package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.pow;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** width^(−½) min(t^(−½), t warmup^(−3/2)), t from 1: for a learning rate of 1. */
@AutoService(Schedule.class)
public final class Noam implements Schedule {
    private static final Option<Integer> WIDTH =
            Option.whole("width", 512).range(1, 1000000000).doc("Width of the model.");
    private static final Option<Integer> WARMUP =
            Option.whole("warmup", 4000).range(1, 1000000000).doc("Updates until it is greatest.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Noam")
                .summary("Rises in a straight line, then falls as the inverse root of time.")
                .paper("1706.03762", "Attention Is All You Need")
                .example("Noam_warmup=400")
                .options(WIDTH, WARMUP);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        Expr t = s.count().plus(1);
        Expr rise = t.times(Math.pow(s.value(WARMUP), -1.5));
        return min(pow(t, -0.5), rise).div(Math.sqrt(s.value(WIDTH)));
    }
}
