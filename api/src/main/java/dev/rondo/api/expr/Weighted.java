package dev.rondo.api.expr;

import org.jspecify.annotations.Nullable;

/**
 * An operand of {@code affine} with its weight; made by the static methods of {@link Term}.
 *
 * @param heads number of blocks of a {@link Kind#HEADS} weight, else 1
 * @param weight present if and only if {@code kind} is {@link Kind#GIVEN}
 */
public record Weighted(
        Expr operand,
        Kind kind,
        Init init,
        int heads,
        @Nullable Expr weight) implements Term {
    /** How the weight is shaped. */
    public enum Kind {
        FULL,
        DIAGONAL,
        /** Blocks along the diagonal, each a weight of its own. */
        HEADS,
        GIVEN
    }

    public Weighted {
        if (heads < 1) {
            throw new ExpressionException("heads", "at least 1, got " + heads);
        }
    }
}
