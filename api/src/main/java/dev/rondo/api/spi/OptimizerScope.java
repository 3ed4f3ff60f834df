package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/**
 * What an optimiser may ask for while it is traced for one parameter.
 *
 * <p>Values without axes are double. What reads a {@link #total} runs after all parameters have contributed.
 */
public interface OptimizerScope extends OptionScope {
    /** The parameter before the step. */
    Expr parameter();

    /** The gradient of the loss at the {@linkplain Optimizer#gradientPoint gradient point}, after clipping. */
    Expr gradient();

    /** The parameter as training began. */
    Expr initial();

    /**
     * The option {@code lr} times the schedule, which may be 0, as where a schedule begins or ends; without axes.
     *
     * @throws dev.rondo.api.expr.ExpressionException if the descriptor names no learning rate
     */
    Expr learningRate();

    /** The loss of the chunk: at the parameter if the {@linkplain Optimizer#gradientPoint gradient point} reads it, else at that point. */
    Expr loss();

    /** 1 in the first step, 2 in the second. */
    Expr count();

    /** What the parameter is to its layer. */
    Role role();

    /** The old value of a state in the parameter's shape, zero at first. */
    Expr state(String name);

    /** The old value of a state in the parameter's shape. */
    Expr state(String name, double initial);

    /** The old value of a state in the shape of {@code initial}. */
    Expr state(String name, Expr initial);

    /** The old value of a number that all parameters share. */
    Expr shared(String name, double initial);

    /**
     * Sets the new value of a state or of a shared number.
     *
     * @return {@code value}
     */
    Expr next(String name, Expr value);

    /** The sum of {@code scalar} over all parameters. */
    Expr total(String name, Expr scalar);
}
