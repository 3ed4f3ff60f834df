package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Role;
import org.jspecify.annotations.Nullable;

/**
 * A trained array of a model.
 *
 * @param name full name, as in {@code 1.LSTM/f.W}
 * @param leaf the node that equations read
 * @param init how it is filled; never {@link Init#AUTO}
 * @param constraint its value after each update, an expression of {@code leaf} alone; absent where it has none
 */
public record Parameter(
        String name,
        Expr leaf,
        Init init,
        Role role,
        @Nullable Expr constraint) implements Stored {
    /** This parameter in another role. */
    public Parameter as(Role other) {
        return new Parameter(name, leaf, init, other, constraint);
    }
}
