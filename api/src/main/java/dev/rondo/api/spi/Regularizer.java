package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** What training makes small besides the loss; the loss that is reported is without it. */
public interface Regularizer extends Plugin {
    /** The penalty of a chunk, a number. */
    Expr penalty(RegularizerScope s);
}
