package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import java.util.List;

/** What a regulariser sees of the model that is trained. */
public interface RegularizerScope extends OptionScope {
    /**
     * A trained array.
     *
     * @param name full name, as in {@code 1.LSTM/f.W}
     */
    record Trained(String name, Role role, Expr value) {}

    /**
     * What a layer gives, [time, batch, features].
     *
     * @param name position and plugin, as in {@code 1.LSTM}
     * @param recurrent whether it carries a state
     * @param dropped the output after the dropout that follows the layer; the output itself where none follows
     */
    record Given(String name, boolean recurrent, Expr output, Expr dropped) {}

    /** All trained arrays, in the order of the layers. */
    List<Trained> parameters();

    /** All layers from the input to the output. */
    List<Given> layers();

    /** The model's output, of classes before the softmax; [time, batch, features]. */
    Expr output();

    /** The value of so many steps ago, zero where that is before the chunk. */
    Expr lag(Expr value, int steps);

    /** 1 in the steps that a row has, 0 past its end, [time, batch]. */
    Expr valid();

    /** An array that {@link #update} sets after each chunk; a constant to differentiation, kept in checkpoints. */
    Expr buffer(String name, Shape shape, Init init);

    /** Sets {@code buffer} to {@code value}, without time and batch, after each chunk of training. */
    void update(Expr buffer, Expr value);
}
