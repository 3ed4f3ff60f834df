package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.abs;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;

/**
 * The mean of the absolute errors.
 */
@AutoService(Metric.class)
public final class Mae implements Metric {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MAE")
                .summary("Mean absolute error.")
                .standard("Mean of the absolute errors")
                .example("MAE");
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        Numbers.require(s);
        return s.mean(abs(prediction.minus(target)));
    }
}
