package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.floor;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** In straight lines from floor up to 1 and down again, half updates each way. */
@AutoService(Schedule.class)
public final class Cyclic implements Schedule {
    private static final Option<Integer> HALF =
            Option.whole("half", 100).range(1, 1000000000).doc("Updates from least to greatest rate.");
    private static final Option<Double> FLOOR =
            Option.real("floor", 0.1).range(0, 1).doc("The least rate, as a share of the greatest.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Cyclic")
                .summary("Up and down in straight lines.")
                .paper("1506.01186", "Cyclical Learning Rates for Training Neural Networks")
                .example("Cyclic_half=50")
                .options(HALF, FLOOR);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        double half = s.value(HALF);
        Expr place = s.count().div(2 * half);
        Expr within = place.minus(floor(place)).times(2); // 0 to 2 in a cycle
        Expr height = select(less(within, 1), within, Expr.of(2).minus(within));
        return height.times(1 - s.value(FLOOR)).plus(s.value(FLOOR));
    }
}
