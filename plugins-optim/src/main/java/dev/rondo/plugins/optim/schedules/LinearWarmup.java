package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.min;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** min(1, (t + 1)/steps), t the updates so far. */
@AutoService(Schedule.class)
public final class LinearWarmup implements Schedule {
    private static final Option<Integer> STEPS =
            Option.whole("steps", 100).range(1, 1000000000).doc("Updates until the whole rate is reached.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LinearWarmup")
                .summary("Rises in a straight line, then stays.")
                .paper("1706.02677", "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour")
                .example("LinearWarmup_steps=50")
                .options(STEPS);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        return min(s.count().plus(1).div(s.value(STEPS)), 1);
    }
}
