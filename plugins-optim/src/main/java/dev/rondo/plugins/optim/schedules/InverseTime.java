package dev.rondo.plugins.optim.schedules;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** 1/(1 + k t), t the updates so far. */
@AutoService(Schedule.class)
public final class InverseTime implements Schedule {
    private static final Option<Double> RATE =
            Option.real("k", 0.001).range(0, Double.POSITIVE_INFINITY).doc("How fast it falls.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("InverseTime")
                .summary("Falls as the inverse of time.")
                .standard("Robbins and Monro 1951: steps whose sum diverges while the sum of their squares does not.")
                .example("InverseTime_k=0.01")
                .options(RATE);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        return Expr.of(1).div(s.count().times(s.option(RATE)).plus(1));
    }
}
