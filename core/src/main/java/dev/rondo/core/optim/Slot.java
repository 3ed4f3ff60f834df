package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import org.jspecify.annotations.Nullable;

/** A value that an optimiser keeps from step to step: a state of one parameter, or a number that all share. */
final class Slot {
    /** Full name, as in {@code 1.LSTM/f.W/m}. */
    final String name;

    /** The node that equations read. */
    final Expr leaf;

    /** The value before the first step, an expression of the parameter. */
    final Expr initial;

    /** The new value; null as long as the equations have not said, and for good where it never changes. */
    @Nullable
    Expr next;

    float @Nullable [] array;
    double number;

    Slot(String name, Expr leaf, Expr initial) {
        this.name = name;
        this.leaf = leaf;
        this.initial = initial;
        if (!leaf.shape().axes().isEmpty()) {
            array = new float[leaf.shape().length()];
        }
    }
}
