package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** What training makes small. */
public interface Loss extends Plugin {
    /**
     * The loss of every step, averaged over features.
     *
     * @param output of the model, [time, batch, features]
     * @param target in the same shape
     * @return [time, batch]
     */
    Expr of(OptionScope s, Expr output, Expr target);
}
