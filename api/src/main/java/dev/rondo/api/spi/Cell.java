package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** A layer that is one step, repeated; what has no state is a cell too, so that it streams and can be wrapped. */
public interface Cell extends Layer, Body {
    @Override
    default Expr forward(LayerScope s, Expr x) {
        return s.scan(this, x);
    }
}
