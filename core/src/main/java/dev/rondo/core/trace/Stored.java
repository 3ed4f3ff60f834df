package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;

/** An array that is saved with a model. */
public sealed interface Stored permits Parameter, Buffer {
    /** Full name, as in {@code 1.LSTM/f.W}. */
    String name();

    /** The node that equations read. */
    Expr leaf();

    /** How it is filled; never {@link Init#AUTO}. */
    Init init();

    default Shape shape() {
        return leaf().shape();
    }

    default int length() {
        return leaf().shape().length();
    }

    /** Size of each axis, as a file has it. */
    default int[] sizes() {
        return shape().axes().stream().mapToInt(shape()::size).toArray();
    }
}
