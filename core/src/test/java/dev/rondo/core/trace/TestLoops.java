package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import java.util.List;
import java.util.Map;

/** Loops for tests that need a recurrent layer, and not what it computes. */
public final class TestLoops {
    private TestLoops() {}

    /** h' = h + x over {@code sequence}, one unit wide. */
    public static Expr sum(StateSlot slot, Expr sequence) {
        Shape row = Shape.scalar().plus(Axis.BATCH, Shape.DYNAMIC).plus(Axis.FEATURES, 1);
        Expr old = Expr.node(Op.STATE, row, Map.of("name", "h"));
        Expr x = Expr.node(Op.INPUT, row, Map.of("name", "x"));
        Expr next = old.plus(x);
        Loop loop = new Loop(x, List.of(new Loop.State(slot, old, next)), next);
        return Expr.node(Op.SCAN, sequence.shape(), Map.of("body", loop), sequence);
    }
}
