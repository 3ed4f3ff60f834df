package dev.rondo.api.expr;

import org.jspecify.annotations.Nullable;

/**
 * An operand of {@code affine} with its weight; made by the static methods of {@link Term}.
 *
 * @param weight present if and only if {@code kind} is {@link Kind#GIVEN}
 */
public record Weighted(
        Expr operand, Kind kind, Init init, @Nullable Expr weight) implements Term {
    /** How the weight is shaped. */
    public enum Kind {
        FULL,
        DIAGONAL,
        GIVEN
    }
}
