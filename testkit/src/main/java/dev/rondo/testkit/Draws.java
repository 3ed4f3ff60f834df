package dev.rondo.testkit;

import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;

/** Where the random numbers of an evaluation in training mode come from. */
@FunctionalInterface
public interface Draws {
    /** The means, as in evaluation. */
    Draws MEANS = (node, step, row, unit) -> node.attribute("draw", Draw.class).mean();

    /**
     * One number of a random node.
     *
     * @param node with the attributes draw, per, path and ordinal
     * @param step since the reset of the row; 0 where there is one draw per chunk
     * @param row 0 where all rows share the draw
     * @param unit position within the remaining axes
     */
    double at(Expr node, long step, int row, int unit);
}
