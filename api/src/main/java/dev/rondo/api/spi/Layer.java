package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** A layer: a function from sequences to sequences. */
public interface Layer extends Plugin {
    /**
     * The layer's equations.
     *
     * @param x input, [time, batch, features]
     * @return output, [time, batch, features]
     */
    Expr forward(LayerScope s, Expr x);
}
