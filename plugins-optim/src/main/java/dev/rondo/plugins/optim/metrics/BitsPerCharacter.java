package dev.rondo.plugins.optim.metrics;

import static dev.rondo.api.expr.Fn.log;
import static dev.rondo.api.expr.Fn.oneHot;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;

/**
 * The mean surprise about the class that came, in bits: −log₂ of the probability that was given to it.
 *
 * <p>Infinite where a class came that was held impossible.
 */
@AutoService(Metric.class)
public final class BitsPerCharacter implements Metric {
    @Override
    public Descriptor describe() {
        return Descriptor.of("BitsPerCharacter")
                .summary("Mean surprise about the class that came, in bits.")
                .standard("Cross-entropy in bits for each character, or other class")
                .example("BitsPerCharacter");
    }

    @Override
    public Expr of(MetricScope s, Expr prediction, Expr target) {
        s.require(s.classes() > 0, "needs a target with classes, but the target is a number");
        Expr given = sum(oneHot(target, s.classes()).times(prediction), Axis.FEATURES);
        return s.mean(log(given)).unaryMinus().div(Math.log(2));
    }
}
