package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;
import dev.rondo.api.spi.Option;

/**
 * The root mean squared error, divided by the size of the target over the same steps: its standard deviation (of the population),
 * its range, or the absolute value of its mean. Figures with different normalisers must not be compared.
 */
@AutoService(Metric.class)
public final class Nrmse implements Metric {
    /** What the error is divided by. */
    enum Normaliser {
        DEVIATION,
        RANGE,
        MEAN
    }

    private static final Option<Normaliser> BY = Option.choice("by", Normaliser.DEVIATION)
            .doc("What of the target the error is divided by; deviation is that of the population.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("NRMSE")
                .summary("Root mean squared error divided by the target's deviation, range or mean.")
                .standard("Normalised root mean squared error")
                .example("NRMSE_by=range")
                .options(BY);
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        Numbers.require(s);
        Expr size = switch (s.value(BY)) {
            case DEVIATION -> sqrt(s.mean(square(target.minus(s.mean(target)))));
            case RANGE -> s.max(target).minus(s.min(target));
            case MEAN -> abs(s.mean(target));
        };
        return sqrt(s.mean(square(prediction.minus(target)))).div(size);
    }
}
