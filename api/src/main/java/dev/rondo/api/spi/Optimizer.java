package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** A rule that changes a parameter by its gradient; traced once per parameter. */
public interface Optimizer extends Plugin {
    /** The new value of the parameter. */
    Expr update(OptimizerScope s);

    /** Where the gradient is taken, the parameter itself unless said otherwise. */
    default Expr gradientPoint(OptimizerScope s) {
        return s.parameter();
    }
}
