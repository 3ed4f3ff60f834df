package dev.rondo.core.optim;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import java.util.IdentityHashMap;
import java.util.Map;

/** Comparing equations, bringing their values into shape, and putting values in the place of leaves. */
public final class Equations {
    private final Map<Expr, Expr> replaced;

    /** @param replacements what takes the place of which leaf */
    public Equations(Map<Expr, Expr> replacements) {
        replaced = new IdentityHashMap<>(replacements);
    }

    /** {@code node} with the leaves replaced; nodes that have none of them stay the same. */
    public Expr substitute(Expr node) {
        Expr known = replaced.get(node);
        if (known != null) {
            return known;
        }
        boolean changed = false;
        Expr[] inputs = new Expr[node.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = substitute(node.input(i));
            changed |= inputs[i] != node.input(i);
        }
        Expr result = changed ? Expr.node(node.op(), node.shape(), node.attributes(), inputs) : node;
        replaced.put(node, result);
        return result;
    }

    /**
     * {@code value} repeated along the axes that it lacks.
     *
     * @throws ExpressionException if it does not fit into {@code shape}
     */
    public static Expr inShape(String operation, Expr value, Shape shape) {
        if (value.shape().equals(shape)) {
            return value;
        }
        for (Axis axis : value.shape().axes()) {
            if (!shape.has(axis) || shape.size(axis) != value.shape().size(axis)) {
                throw new ExpressionException(operation, "a value of shape " + value.shape() + ", expected " + shape);
            }
        }
        return Expr.node(Op.BROADCAST, shape, Map.of(), value);
    }

    /** The value in an array of its own: what is copied in order must not be another's old value. */
    public static Expr computed(Expr value) {
        Expr source = value;
        while (source.op() == Op.STOP_GRADIENT || source.op() == Op.CLIP_GRADIENT || source.op() == Op.BROADCAST) {
            source = source.input(0);
        }
        return source.op() == Op.INPUT || source.op() == Op.STATE ? value.times(1) : value;
    }

    /** Whether two nodes say the same of the same leaves. */
    static boolean same(Expr a, Expr b) {
        return same(a, b, new IdentityHashMap<>());
    }

    private static boolean same(Expr a, Expr b, Map<Expr, Expr> known) {
        if (a == b || known.get(a) == b) {
            return true;
        }
        boolean fixed = a.op() == Op.CONSTANT || a.op() == Op.OPTION || a.op() == Op.POSITION || a.op() == Op.IDENTITY;
        if (a.op() != b.op()
                || a.inputs().size() != b.inputs().size()
                || !a.shape().equals(b.shape())
                || !a.attributes().equals(b.attributes())
                || a.inputs().isEmpty() && !fixed) {
            return false;
        }
        for (int i = 0; i < a.inputs().size(); i++) {
            if (!same(a.input(i), b.input(i), known)) {
                return false;
            }
        }
        known.put(a, b);
        return true;
    }
}
