package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.floor;
import static dev.rondo.api.expr.Fn.pow;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** γ^⌊t/every⌋, t the updates so far. */
@AutoService(Schedule.class)
public final class StepDecay implements Schedule {
    private static final Option<Integer> EVERY =
            Option.whole("every", 100).range(1, 1000000000).doc("Updates between two steps.");
    private static final Option<Double> GAMMA =
            Option.real("gamma", 0.1).range(0, 1).doc("γ, the factor of a step.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("StepDecay")
                .summary("A factor less every so many updates.")
                .standard("The classic schedule of image networks.")
                .example("StepDecay_every=100_gamma=0.5")
                .options(EVERY, GAMMA);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        return pow(s.option(GAMMA), floor(s.count().div(s.value(EVERY))));
    }
}
