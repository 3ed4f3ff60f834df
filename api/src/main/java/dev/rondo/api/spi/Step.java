package dev.rondo.api.spi;

import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;

/** What one step of a wrapped cell gives: its output and its new states. */
public record Step(Expr output, Bundle states) {
    /** This step with other new states; an output that is one of the states follows it. */
    public Step withStates(Bundle changed) {
        for (String name : states.names()) {
            if (states.get(name) == output) {
                return new Step(changed.get(name), changed);
            }
        }
        return new Step(output, changed);
    }
}
