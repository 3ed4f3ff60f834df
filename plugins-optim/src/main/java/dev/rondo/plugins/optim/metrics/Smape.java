package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;

/**
 * The mean of |e| / (|y| + |ŷ|) in percent of its greatest value, twice: from 0 to 200, as the M4 competition defines it; 0/0 is 0.
 */
@AutoService(Metric.class)
public final class Smape implements Metric {
    @Override
    public Descriptor describe() {
        return Descriptor.of("sMAPE")
                .summary("Symmetric mean absolute percentage error, from 0 to 200.")
                .paper(
                        "Makridakis, Spiliotis and Assimakopoulos 2020",
                        "The M4 Competition: 100,000 time series and 61 forecasting methods")
                .example("sMAPE");
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        Numbers.require(s);
        Expr size = abs(prediction).plus(abs(target));
        Expr nothing = less(size, Double.MIN_NORMAL);
        Expr share = abs(prediction.minus(target)).div(select(nothing, Expr.of(1), size));
        return s.mean(share).times(200);
    }
}
