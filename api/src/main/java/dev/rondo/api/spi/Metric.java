package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/**
 * A figure that says how good predictions are, in the data's own units; nothing is trained by it.
 *
 * <p>As with a {@link Loss}, targets that are numbers are measured together and a target with classes by itself.
 */
public interface Metric extends Plugin {
    /**
     * The figure.
     *
     * @param prediction [time, batch, features]: a number for each target, or the probability of each class
     * @param target numbers in the same shape, or as the only feature the number of a class, from 0
     * @return without axes, made with {@link MetricScope#mean}, {@link MetricScope#min} and {@link MetricScope#max}
     * @throws UsageException if such a target cannot be measured
     */
    Expr of(MetricScope s, Expr prediction, Expr target);

    /** Whether a greater figure is a better one. */
    default boolean higherIsBetter() {
        return false;
    }
}
