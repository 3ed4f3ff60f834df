package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** The options of one use of a plugin. */
public interface OptionScope {
    /** The value, for Java code that decides what the formula is. */
    <T> T value(Option<T> option);

    /** The value as an operand; equations print its key. */
    Expr option(Option<? extends Number> option);

    /**
     * States a condition on options and sizes.
     *
     * @param reason what is needed, as in "needs input width = size"
     * @throws UsageException if {@code condition} is false
     */
    void require(boolean condition, String reason);
}
