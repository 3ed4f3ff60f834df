package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;

/** Adds one trained value to each feature: its gradient is the derivative by the input of what follows. */
record Shift() implements Layer {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Shift").standard("Sum with a vector.");
    }

    @Override
    public Expr forward(LayerScope s, Expr x) {
        return x.plus(s.vector("by", x.width(), Init.ZEROS));
    }
}
