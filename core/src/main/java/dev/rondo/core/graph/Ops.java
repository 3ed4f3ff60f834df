package dev.rondo.core.graph;

import dev.rondo.api.expr.Op;

/** What kinds of operation there are. */
public final class Ops {
    private Ops() {}

    /** Whether each element of the result depends on the elements of the operands at the same place alone. */
    public static boolean elementwise(Op op) {
        return op.compareTo(Op.NEGATE) >= 0 && op.compareTo(Op.PHASE) <= 0;
    }
}
