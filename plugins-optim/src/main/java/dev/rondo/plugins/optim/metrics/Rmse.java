package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;

/**
 * The root of the mean of the squared errors.
 */
@AutoService(Metric.class)
public final class Rmse implements Metric {
    @Override
    public Descriptor describe() {
        return Descriptor.of("RMSE")
                .summary("Root mean squared error.")
                .standard("Root of the mean of the squared errors")
                .example("RMSE");
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        Numbers.require(s);
        return sqrt(s.mean(square(prediction.minus(target))));
    }
}
