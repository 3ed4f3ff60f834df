package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import java.util.IdentityHashMap;
import java.util.Map;

/** Comparing equations, and putting values in the place of leaves. */
final class Equations {
    private final Map<Expr, Expr> replaced;

    /** @param replacements what takes the place of which leaf */
    Equations(Map<Expr, Expr> replacements) {
        replaced = new IdentityHashMap<>(replacements);
    }

    /** {@code node} with the leaves replaced; nodes that have none of them stay the same. */
    Expr substitute(Expr node) {
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
