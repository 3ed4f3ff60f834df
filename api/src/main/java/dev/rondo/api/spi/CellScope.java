package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** What a cell may ask for in a step. */
public interface CellScope extends StepScope {
    /** The old value of a state as wide as this layer, zero at the start of a stream. */
    Expr state(String name);

    /** The old value of a state of another width. */
    Expr state(String name, int width);

    /**
     * Sets the new value of a state; once for each state.
     *
     * @return {@code value}
     */
    Expr next(String name, Expr value);

    /**
     * One more copy of the wrapped cell number {@code i}, its parameters under {@code path}.
     *
     * @param inputs width of what it will be fed
     */
    Nested cell(int i, String path, int inputs);

    /** {@link #cell(int, String, int)} with other matrix products inside. */
    Nested cell(int i, String path, int inputs, Rewrite rewrite);

    /**
     * Keeps the states of {@code step} as the new ones of {@code cell}.
     *
     * @return the step's output
     */
    Expr next(Nested cell, Step step);

    /** One step of the wrapped cell number {@code i}, its states kept: what a transparent wrapper needs. */
    Expr step(int i, Expr x);
}
