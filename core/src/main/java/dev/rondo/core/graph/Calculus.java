package dev.rondo.core.graph;

import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;

/** The values of a model that a training method works with, and their derivatives. */
public interface Calculus {
    /** The trained arrays by name. */
    Bundle parameters();

    Expr output();

    /** The gradient of {@code scalar} in the shapes of {@code of}. */
    Bundle gradient(Expr scalar, Bundle of);

    /** {@code leaf}, which the values may from now on be combined with. */
    Expr leaf(Expr leaf);
}
