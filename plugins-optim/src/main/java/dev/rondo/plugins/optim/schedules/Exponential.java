package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.pow;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** γ^t, t the updates so far. */
@AutoService(Schedule.class)
public final class Exponential implements Schedule {
    private static final Option<Double> GAMMA =
            Option.real("gamma", 0.999).range(0, 1).doc("γ, the factor of an update.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Exponential")
                .summary("A factor less in every update.")
                .standard("Exponential decay.")
                .example("Exponential_gamma=0.999")
                .options(GAMMA);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        return pow(s.option(GAMMA), s.count());
    }
}
