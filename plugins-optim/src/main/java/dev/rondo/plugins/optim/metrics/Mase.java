package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.abs;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;
import dev.rondo.api.spi.Option;

/**
 * The mean absolute error, divided by that of repeating the value of a season before, in the training part.
 *
 * <p>1 is as good as the naive forecast was there. Each target is divided by its own.
 */
@AutoService(Metric.class)
public final class Mase implements Metric {
    private static final Option<Integer> SEASON = Option.whole("season", 1)
            .range(1, 1_000_000)
            .doc("How many steps before the naive forecast takes its value from; 1 where there is no season.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MASE")
                .summary("Mean absolute error divided by that of the naive forecast in the training part.")
                .paper("Hyndman and Koehler 2006", "Another look at measures of forecast accuracy")
                .example("MASE_season=12")
                .options(SEASON);
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        Numbers.require(s);
        return s.mean(abs(prediction.minus(target)).div(s.naiveError(s.value(SEASON))));
    }
}
