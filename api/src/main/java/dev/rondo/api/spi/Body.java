package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** One step of a recurrence. */
@FunctionalInterface
public interface Body {
    /**
     * The step's equations; a pure function of the input and the old states.
     *
     * @param x input of the step, [batch, features]
     * @return output of the step, [batch, features]; its width is the layer's
     */
    Expr step(CellScope s, Expr x);
}
