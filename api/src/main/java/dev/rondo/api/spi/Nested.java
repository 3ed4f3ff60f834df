package dev.rondo.api.spi;

import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;

/** A wrapped cell: a function of an input and old states. */
public interface Nested {
    /** The old states, by name. */
    Bundle states();

    /** The cell's equations applied to {@code x} and {@code states}. */
    Step step(Expr x, Bundle states);

    /**
     * The same where {@code states} stand for a past even in the first step of a stream, so that the cell's
     * {@link StepScope#firstStep} is 0 in every step.
     */
    Step continued(Expr x, Bundle states);
}
