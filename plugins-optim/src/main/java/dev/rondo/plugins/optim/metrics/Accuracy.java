package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.oneHot;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;

/**
 * The share of the steps at which the likeliest class is the one that came.
 *
 * <p>Where several are equally likely, each counts as its share: a guess between two is right half of the time.
 */
@AutoService(Metric.class)
public final class Accuracy implements Metric {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Accuracy")
                .summary("Share of the steps at which the likeliest class came.")
                .standard("Share of right classes")
                .example("Accuracy");
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        s.require(s.classes() > 0, "needs a target with classes, but the target is a number");
        Expr likeliest = oneMinus(less(prediction, max(prediction, Axis.FEATURES)));
        Expr met = sum(oneHot(target, s.classes()).times(likeliest), Axis.FEATURES);
        return s.mean(met.div(sum(likeliest, Axis.FEATURES)));
    }
}
