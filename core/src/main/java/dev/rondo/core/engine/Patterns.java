package dev.rondo.core.engine;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.kernels.Elementwise;
import dev.rondo.core.kernels.StripOp;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the strip instruction that computes an elementwise node, together with operands that nobody else needs.
 *
 * <p>Fused instructions halve the work of gradients: see the peephole forms of {@link StripOp}.
 */
final class Patterns {
    /** An instruction and the nodes it reads. */
    record Match(StripOp op, List<Expr> operands, double s, double t) {
        Match(StripOp op, Expr... operands) {
            this(op, List.of(operands), 0, 0);
        }
    }

    private final Predicate<Expr> absorbable;

    /** A finder that may compute the nodes for which {@code absorbable} holds within their consumer. */
    Patterns(Predicate<Expr> absorbable) {
        this.absorbable = absorbable;
    }

    Match match(Expr node) {
        return switch (node.op()) {
            case STOP_GRADIENT, CLIP_GRADIENT -> new Match(StripOp.COPY, node.input(0));
            case CLAMP ->
                new Match(
                        StripOp.CLAMP,
                        List.of(node.input(0)),
                        node.attribute("low", Double.class),
                        node.attribute("high", Double.class));
            case ADD -> add(node.input(0), node.input(1));
            case SUBTRACT -> subtract(node.input(0), node.input(1));
            case MULTIPLY -> multiply(node.input(0), node.input(1));
            case DIVIDE, MINIMUM, MAXIMUM, POWER, LESS -> binary(node);
            case SELECT -> select(node);
            case LERP ->
                constant(node.input(2))
                        ? new Match(
                                StripOp.MIX,
                                List.of(node.input(0), node.input(1)),
                                1 - value(node.input(2)),
                                value(node.input(2)))
                        : new Match(StripOp.LERP, node.input(0), node.input(1), node.input(2));
            default -> new Match(Elementwise.unary(node.op()), node.input(0));
        };
    }

    private static Match binary(Expr node) {
        Elementwise.Binary forms = Elementwise.binary(node.op());
        Expr a = node.input(0);
        Expr b = node.input(1);
        if (constant(b)) {
            return new Match(forms.right(), List.of(a), value(b), 0);
        }
        return constant(a) ? new Match(forms.left(), List.of(b), value(a), 0) : new Match(forms.arrays(), a, b);
    }

    private Match add(Expr a, Expr b) {
        if (constant(b)) {
            return new Match(StripOp.ADD_S, List.of(a), value(b), 0);
        }
        if (constant(a)) {
            return new Match(StripOp.ADD_S, List.of(b), value(a), 0);
        }
        Match fused = addProduct(a, b);
        if (fused == null) {
            fused = addProduct(b, a);
        }
        if (fused != null) {
            return fused;
        }
        if (inner(a, Op.ADD) && !constant(a.input(0)) && !constant(a.input(1))) {
            return new Match(StripOp.ADD3, a.input(0), a.input(1), b);
        }
        return new Match(StripOp.ADD, a, b);
    }

    private @Nullable Match addProduct(Expr product, Expr other) {
        if (!inner(product, Op.MULTIPLY)) {
            return null;
        }
        Expr x = product.input(0);
        Expr y = product.input(1);
        if (constant(x) || constant(y)) {
            return constant(x)
                    ? new Match(StripOp.MUL_S_ADD, List.of(y, other), value(x), 0)
                    : new Match(StripOp.MUL_S_ADD, List.of(x, other), value(y), 0);
        }
        Match slope = gradient(x, y) != null ? gradient(x, y) : gradient(y, x);
        if (slope != null) { // the derivative's own instruction saves more
            List<Expr> in = slope.operands();
            return slope.op() == StripOp.MUL_TANH_GRAD
                    ? new Match(StripOp.MUL_TANH_GRAD_ADD, in.get(0), in.get(1), in.get(2), other)
                    : null;
        }
        if (inner(y, Op.SUBTRACT)) {
            return plain(y) ? new Match(StripOp.SUB_MUL_ADD, y.input(0), y.input(1), x, other) : null;
        }
        if (inner(y, Op.ONE_MINUS)) {
            return new Match(StripOp.ONE_MINUS_MUL_ADD, y.input(0), x, other);
        }
        if (inner(x, Op.ONE_MINUS)) {
            return new Match(StripOp.ONE_MINUS_MUL_ADD, x.input(0), y, other);
        }
        if (inner(other, Op.MULTIPLY)
                && plain(other)
                && gradient(other.input(0), other.input(1)) == null
                && gradient(other.input(1), other.input(0)) == null) {
            return new Match(StripOp.MUL_ADD, x, y, other.input(0), other.input(1));
        }
        return new Match(StripOp.FMA, x, y, other);
    }

    private Match subtract(Expr a, Expr b) {
        if (constant(b)) {
            return new Match(StripOp.ADD_S, List.of(a), -value(b), 0);
        }
        if (constant(a)) {
            return new Match(StripOp.RSUB_S, List.of(b), value(a), 0);
        }
        return inner(b, Op.MULTIPLY) && plain(b)
                ? new Match(StripOp.FNMA, b.input(0), b.input(1), a)
                : new Match(StripOp.SUB, a, b);
    }

    private Match multiply(Expr a, Expr b) {
        if (constant(b)) {
            return new Match(StripOp.MUL_S, List.of(a), value(b), 0);
        }
        if (constant(a)) {
            return new Match(StripOp.MUL_S, List.of(b), value(a), 0);
        }
        Match fused = gradient(a, b);
        if (fused == null) {
            fused = gradient(b, a);
        }
        if (fused == null) {
            fused = factor(a, b);
        }
        if (fused == null) {
            fused = factor(b, a);
        }
        return fused == null ? new Match(StripOp.MUL, a, b) : fused;
    }

    /** The gradient {@code d} through a function whose derivative is {@code slope}. */
    private @Nullable Match gradient(Expr d, Expr slope) {
        boolean twoFactors = inner(d, Op.MULTIPLY) && plain(d);
        if (inner(slope, Op.MULTIPLY)
                && slope.input(1).op() == Op.ONE_MINUS
                && slope.input(1).input(0) == slope.input(0)
                && absorbable.test(slope.input(1))) {
            Expr y = slope.input(0);
            return twoFactors
                    ? new Match(StripOp.MUL_SIGMOID_GRAD, d.input(0), d.input(1), y)
                    : new Match(StripOp.SIGMOID_GRAD, d, y);
        }
        if (inner(slope, Op.ONE_MINUS) && slope.input(0).op() == Op.SQUARE && absorbable.test(slope.input(0))) {
            Expr y = slope.input(0).input(0);
            return twoFactors
                    ? new Match(StripOp.MUL_TANH_GRAD, d.input(0), d.input(1), y)
                    : new Match(StripOp.TANH_GRAD, d, y);
        }
        return inner(slope, Op.SIGN) ? new Match(StripOp.ABS_GRAD, d, slope.input(0)) : null;
    }

    private @Nullable Match factor(Expr a, Expr b) {
        if (inner(b, Op.SUBTRACT) && plain(b)) {
            return new Match(StripOp.SUB_MUL, b.input(0), b.input(1), a);
        }
        if (inner(b, Op.ONE_MINUS)) {
            return new Match(StripOp.ONE_MINUS_MUL, b.input(0), a);
        }
        if (inner(b, Op.MULTIPLY) && plain(b)) {
            return new Match(StripOp.MUL_MUL, b.input(0), b.input(1), a);
        }
        return null;
    }

    private Match select(Expr node) {
        Expr condition = node.input(0);
        if (constant(node.input(2))
                && value(node.input(2)) == 0
                && condition.op() == Op.LESS
                && constant(condition.input(0))
                && value(condition.input(0)) == 0) {
            return new Match(StripOp.RELU_GRAD, node.input(1), condition.input(1));
        }
        return new Match(StripOp.SELECT, condition, node.input(1), node.input(2));
    }

    private boolean inner(Expr node, Op op) {
        return node.op() == op && absorbable.test(node);
    }

    private static boolean plain(Expr binary) {
        return !constant(binary.input(0)) && !constant(binary.input(1));
    }

    static boolean constant(Expr node) {
        return node.op() == Op.CONSTANT;
    }

    static double value(Expr constant) {
        return constant.attribute("value", Double.class);
    }
}
