package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Term;

/** What cells and layers may ask for. */
public interface StepScope extends Scope {
    /**
     * The number of units in the spec, at least 1.
     *
     * @throws dev.rondo.api.expr.ExpressionException if the spec says no size, as that of a wrapper
     */
    int units();

    /**
     * How many classes the numbers in {@code x} count from 0, where it is a column of the model's input that has classes; else 0.
     */
    int classes(Expr x);

    /** The number of units of the wrapped spec number {@code i}; 0 where it says none, as that of a wrapper. */
    int units(int i);

    /**
     * The sum of the operands, each times a weight of its own, plus a bias.
     *
     * <p>Weights are called {@code name.W} where the operand needs no state and {@code name.U} where it does, in small
     * letters where they are diagonal; the bias is {@code name.b}.
     *
     * @return a value as wide as this layer
     */
    Expr affine(String name, Term... terms);

    /** {@link #affine(String, Term...)} with a width of its own. */
    Expr affine(String name, int width, Term... terms);

    /** {@link #affine(String, Term...)} without a bias. */
    Expr linear(String name, Term... terms);

    /** {@link #linear(String, Term...)} with a width of its own. */
    Expr linear(String name, int width, Term... terms);

    /** The gate activation, logistic unless the user replaces it. */
    Expr sigmoid(Expr x);

    /** The squashing activation, tanh unless the user replaces it. */
    Expr tanh(Expr x);

    /** The value of {@code steps} steps ago, zero before the start of the stream; its history is state. */
    Expr lag(Expr value, int steps);

    /** Steps since the stream was reset, [batch]. */
    Expr index();

    /** Time stamp relative to the first of the stream, [batch]; the {@link #index} where the data have none. */
    Expr time();

    /**
     * The mean of {@code x} over the valid steps of all rows of the chunk; differentiable.
     *
     * <p>In evaluation it would couple rows and steps, so put it into {@code select(training(), …, …)}.
     *
     * @return without time and batch
     * @throws dev.rondo.api.expr.ExpressionException if {@code x} depends on a state, which is not known for all steps at once
     */
    Expr batchMean(Expr x);

    /** 1 in a step that no state precedes, neither carried nor given, else 0; [batch]. */
    Expr firstStep();
}
