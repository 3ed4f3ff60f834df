package dev.rondo.core.arrays;

import dev.rondo.core.kernels.StripOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An elementwise instruction over whole arrays of one length.
 *
 * @param negated whether the kernel gets −s
 */
record Micro(
        StripOp op,
        Value out,
        List<Value> operands,
        @Nullable Value s,
        boolean negated,
        @Nullable Value t) {

    Micro {
        operands = List.copyOf(operands);
        if (operands.size() != op.arity()) {
            throw new IllegalArgumentException(op + " takes " + op.arity() + " arrays, got " + operands.size());
        }
    }

    static Micro of(StripOp op, Value out, Value... operands) {
        return new Micro(op, out, List.of(operands), null, false, null);
    }

    static Micro with(StripOp op, Value out, Value s, Value... operands) {
        return new Micro(op, out, List.of(operands), s, false, null);
    }

    List<Value> reads() {
        List<Value> reads = new ArrayList<>(operands);
        if (s != null) {
            reads.add(s);
        }
        if (t != null) {
            reads.add(t);
        }
        return reads;
    }

    /** The first scalar as the kernel takes it: rounded once. */
    float first() {
        return s == null ? 0 : (float) (negated ? -s.number : s.number);
    }

    float second() {
        return t == null ? 0 : (float) t.number;
    }
}
