package dev.rondo.core.arrays;

import dev.rondo.api.expr.Op;
import dev.rondo.core.kernels.Elementwise;
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

    /** An operation with two operands of which at most one is a number. */
    static Micro binary(Op op, Value out, Value a, Value b) {
        Elementwise.Binary forms = Elementwise.binary(op);
        if (b.scalar()) {
            return new Micro(forms.right(), out, List.of(a), b, op == Op.SUBTRACT, null);
        }
        return a.scalar() ? with(forms.left(), out, a, b) : of(forms.arrays(), out, a, b);
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
