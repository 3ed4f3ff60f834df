package dev.rondo.plugins.optim.schedules;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** The same learning rate throughout. */
@AutoService(Schedule.class)
public final class Constant implements Schedule {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Constant").summary("The same rate throughout.").standard("No schedule at all.");
    }

    @Override
    public Expr factor(ScheduleScope s) {
        return Expr.of(1);
    }
}
