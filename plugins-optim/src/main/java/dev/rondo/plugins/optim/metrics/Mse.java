package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;

/**
 * The mean of the squared errors.
 */
@AutoService(Metric.class)
public final class Mse implements Metric {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MSE")
                .summary("Mean squared error.")
                .standard("Mean of the squared errors")
                .example("MSE");
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        Numbers.require(s);
        return s.mean(square(prediction.minus(target)));
    }
}
