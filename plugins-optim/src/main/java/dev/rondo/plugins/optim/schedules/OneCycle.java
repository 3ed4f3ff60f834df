package dev.rondo.plugins.optim.schedules;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;

/** Up from start for the share rise of the training, in a straight line, then along half a cosine down to floor; with form=pytorch up along half a cosine too, by whole updates. */
@AutoService(Schedule.class)
public final class OneCycle implements Schedule {
    /** How it rises. */
    enum Form {
        LINE,
        PYTORCH
    }

    private static final Option<Form> FORM = Option.choice("form", Form.LINE)
            .doc("A straight line by the share of training done, or the half cosine of PyTorch by updates.");
    private static final Option<Double> RISE =
            Option.real("rise", 0.1).range(0.001, 0.999).doc("Share of the training in which the rate rises.");
    private static final Option<Double> START =
            Option.real("start", 0.04).range(0, 1).doc("Factor at the beginning.");
    private static final Option<Double> FLOOR =
            Option.real("floor", 0.01).range(0, 1).doc("Factor at the end.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("OneCycle")
                .summary("Up, then down along half a cosine.")
                .paper(
                        "1708.07120",
                        "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates")
                .example("OneCycle_rise=0.3")
                .options(FORM, RISE, START, FLOOR);
    }

    @Override
    public Expr factor(ScheduleScope s) {
        double rise = s.value(RISE);
        double start = s.value(START);
        double floor = s.value(FLOOR);
        if (s.value(FORM) == Form.LINE) {
            Expr up = s.done().times(1 - start).div(rise).plus(start);
            return select(
                    less(s.done(), rise),
                    up,
                    Cosine.fall(min(s.done().minus(rise).div(1 - rise), 1), floor));
        }
        Expr turn = s.planned().times(rise).minus(1);
        Expr up = Cosine.fall(oneMinus(s.count().div(max(turn, 1e-9))), start);
        Expr down =
                Cosine.fall(min(s.count().minus(turn).div(s.planned().minus(1).minus(turn)), 1), floor);
        return select(less(turn, s.count()), down, up);
    }
}
