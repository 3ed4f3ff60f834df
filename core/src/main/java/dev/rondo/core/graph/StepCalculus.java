package dev.rondo.core.graph;

import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;

/** The values of one step of a model, and their derivatives. */
public interface StepCalculus extends Calculus {
    /** What the step reads of the step before, as far as it depends on parameters, by name. */
    Bundle states();

    /** The same values after the step. */
    Bundle nextStates();

    /** A number. */
    Expr loss();

    /** The derivative of {@code result} along {@code direction}, in the shapes of {@code result}. */
    Bundle tangent(Bundle result, Bundle of, Bundle direction);
}
