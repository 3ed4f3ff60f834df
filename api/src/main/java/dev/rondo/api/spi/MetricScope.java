package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** What a metric may ask for. Everything is computed in double precision. */
public interface MetricScope extends OptionScope {
    /** Number of classes of the target, 0 where numbers are measured. */
    int classes();

    /** The mean of {@code x} over all scored steps, rows and features. */
    Expr mean(Expr x);

    /** The least of {@code x} over all scored steps, rows and features. */
    Expr min(Expr x);

    /** The greatest of {@code x} over all scored steps, rows and features. */
    Expr max(Expr x);

    /**
     * The mean absolute difference, in the training part, of the target's values that are so many steps apart.
     *
     * @return a feature for each target
     */
    Expr naiveError(int lag);
}
