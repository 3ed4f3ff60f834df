package dev.rondo.api.spi;

import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;

/**
 * What a training method may ask for while it is traced.
 *
 * <p>{@linkplain Moment.EachStep In each step} there is all of it. {@linkplain Moment.WhenStuck When training is stuck} there are the
 * parameters, the output of a chunk, gradients by the parameters, and random draws; the rest is an error.
 */
public interface TrainingScope extends OptionScope {
    /** The trained arrays by their full names, as in {@code 1.LSTM/f.W}. */
    Bundle parameters();

    /**
     * The values that the model carries into the step, [batch, features] each, by their full names; those that no parameter ever
     * reaches, such as past inputs, are left out.
     */
    Bundle states();

    /** The same values after the step; a row past its end keeps them. */
    Bundle nextStates();

    /**
     * The model's output, of classes before the softmax: [batch, features] of a step, [time, batch, features] of a chunk of the
     * training part.
     */
    Expr output();

    /** The mean loss of the rows that count in the step, a number; 0 where none does. */
    Expr loss();

    /**
     * The gradient of {@code scalar}, in reverse mode.
     *
     * @param scalar a number
     * @param of values that it depends on; {@link #parameters()} when training is stuck
     */
    Bundle gradient(Expr scalar, Bundle of);

    /**
     * The derivative of {@code result} along {@code direction}, in forward mode.
     *
     * @param of values that the result depends on
     * @param direction the change of each of them
     */
    Bundle tangent(Bundle result, Bundle of, Bundle direction);

    /** Values that are kept from step to step, in the shapes of {@code like}; zero where a stream begins. */
    Bundle memory(String name, Bundle like);

    /** Sets the new value of a memory. */
    void next(String name, Bundle value);

    /** A draw in the shape of {@code like}, a new one each time that the method is asked; a constant to differentiation. */
    Expr random(Draw draw, Expr like);
}
