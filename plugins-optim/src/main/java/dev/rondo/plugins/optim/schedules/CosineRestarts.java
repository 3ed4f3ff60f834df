package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** Half a cosine over and over, each longer than the one before by the factor multiply. */
@AutoService(Schedule.class)
public final class CosineRestarts implements Schedule {
    private static final Option<Integer> PERIOD =
            Option.whole("period", 100).range(2, 1000000000).doc("Updates of the first period.");
    private static final Option<Double> MULTIPLY =
            Option.real("multiply", 2).range(1, 1000).doc("How much longer each period is than the one before.");
    private static final Option<Double> FLOOR =
            Option.real("floor", 0).range(0, 1).doc("What is left at the end of a period.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("CosineRestarts")
                .summary("Along half a cosine, again and again.")
                .paper("1608.03983", "SGDR: Stochastic Gradient Descent with Warm Restarts")
                .example("CosineRestarts_period=100")
                .options(PERIOD, MULTIPLY, FLOOR);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        Expr length = s.shared("length", s.value(PERIOD));
        Expr at = s.shared("at", 0);
        Expr ends = less(length.minus(1.5), at); // the last update of the period
        s.next("at", select(ends, Expr.of(0), at.plus(1)));
        s.next("length", select(ends, length.times(s.option(MULTIPLY)), length));
        return Cosine.fall(at.div(length), s.value(FLOOR));
    }
}
