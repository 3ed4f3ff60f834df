package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** A factor less whenever the validation loss has not fallen by the share threshold for more than patience checks. */
@AutoService(Schedule.class)
public final class ReduceOnPlateau implements Schedule {
    private static final Option<Double> FACTOR =
            Option.real("factor", 0.5).range(0, 1).doc("What is left of the rate.");
    private static final Option<Integer> PATIENCE =
            Option.whole("patience", 10).range(0, 1000000000).doc("Checks without progress that are waited for.");
    private static final Option<Double> THRESHOLD =
            Option.real("threshold", 1e-4).range(0, 1).doc("Share by which the loss has to fall to count as progress.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ReduceOnPlateau")
                .summary("A factor less when the validation loss stands still.")
                .standard("The schedule that waits for the validation loss, as libraries have it.")
                .example("ReduceOnPlateau_patience=5")
                .options(FACTOR, PATIENCE, THRESHOLD);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        Expr fresh = less(s.shared("seen", 0), s.checked());
        Expr best = s.shared("best", 1e300);
        Expr better = less(s.validation(), best.times(1 - s.value(THRESHOLD)));
        Expr waited = s.shared("waited", 0);
        Expr now = select(fresh, select(better, Expr.of(0), waited.plus(1)), waited);
        Expr reduce = less(s.value(PATIENCE), now);
        s.next("seen", s.checked());
        s.next("best", select(fresh, select(better, s.validation(), best), best));
        s.next("waited", select(reduce, Expr.of(0), now));
        Expr before = s.shared("share", 1);
        return s.next("share", select(reduce, before.times(s.option(FACTOR)), before));
    }
}
