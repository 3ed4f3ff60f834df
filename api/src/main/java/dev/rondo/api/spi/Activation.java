package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** A function of one value per unit; usable as a layer and in place of a cell's sigmoid or tanh. */
public interface Activation extends Plugin {
    Expr of(ActivationScope s, Expr x);
}
