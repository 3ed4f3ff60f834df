package dev.rondo.api.spi;

import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;

/**
 * What activations, cells and layers may ask for.
 *
 * <p>Parameters and buffers share one name space within a plugin; a second use of a name is an error.
 */
public interface Scope extends OptionScope {
    /** A trained array. */
    Expr parameter(String name, Shape shape, Init init);

    /** A trained matrix: {@code rows} meet the operand. */
    Expr weight(String name, int rows, int columns);

    /** One trained value per unit. */
    Expr vector(String name, int width, Init init);

    /** One trained value. */
    Expr scalar(String name, double initial);

    /**
     * Sets {@code parameter} to {@code value} after initialising and after each update.
     *
     * @return the parameter
     */
    Expr constrain(Expr parameter, Expr value);

    /**
     * An array that is saved with the model and that equations set instead of an optimiser: what batch normalisation has seen.
     *
     * <p>A constant to differentiation. Shares the name space of the parameters.
     */
    Expr buffer(String name, Shape shape, Init init);

    /**
     * Sets {@code buffer} to {@code value} after each chunk of training, and never in evaluation; needed once for each buffer.
     *
     * @param value of the buffer's shape; may read other buffers, whose old values it sees, and nothing that depends on a state
     */
    void update(Expr buffer, Expr value);

    /** A draw in training, its mean in evaluation, in the shape of {@code like}; a constant to differentiation. */
    Expr random(Draw draw, Expr like, Draw.Per per);

    /** 1 in training, 0 in evaluation; one trace serves both. */
    Expr training();

    /** The wrapped activation number {@code i}, as in {@code Bipolar(ReLU)}. */
    Expr activation(int i, Expr x);

    /** The activation that an option names. */
    Expr activation(Option<String> option, Expr x);
}
