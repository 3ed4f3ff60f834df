package dev.rondo.api.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The functions of the language; they read like the paper.
 *
 * <p>{@link #sigmoid} and {@link #tanh} are the fixed functions. A cell's gates use those of its scope, which users may
 * replace.
 */
public final class Fn {
    private Fn() {}

    public static Expr exp(Expr x) {
        return unary(Op.EXP, x);
    }

    /** eˣ − 1, exact near 0. */
    public static Expr expm1(Expr x) {
        return unary(Op.EXPM1, x);
    }

    public static Expr log(Expr x) {
        return unary(Op.LOG, x);
    }

    /** ln(1 + x), exact near 0. */
    public static Expr log1p(Expr x) {
        return unary(Op.LOG1P, x);
    }

    public static Expr sqrt(Expr x) {
        return unary(Op.SQRT, x);
    }

    /** 1/√x. */
    public static Expr rsqrt(Expr x) {
        return unary(Op.RSQRT, x);
    }

    /** |x|; derivative 0 at 0. */
    public static Expr abs(Expr x) {
        return unary(Op.ABS, x);
    }

    /** −1, 0 or 1; derivative 0. */
    public static Expr sign(Expr x) {
        return unary(Op.SIGN, x);
    }

    public static Expr square(Expr x) {
        return unary(Op.SQUARE, x);
    }

    public static Expr sin(Expr x) {
        return unary(Op.SIN, x);
    }

    public static Expr cos(Expr x) {
        return unary(Op.COS, x);
    }

    /** Derivative 0. */
    public static Expr floor(Expr x) {
        return unary(Op.FLOOR, x);
    }

    /** The fixed logistic function; a cell's gates use {@code s.sigmoid}. */
    public static Expr sigmoid(Expr x) {
        return unary(Op.SIGMOID, x);
    }

    /** The fixed hyperbolic tangent; a cell's gates use {@code s.tanh}. */
    public static Expr tanh(Expr x) {
        return unary(Op.TANH, x);
    }

    /** max(x, 0); derivative 0 at 0. */
    public static Expr relu(Expr x) {
        return unary(Op.RELU, x);
    }

    /** ln(1 + eˣ), without overflow. */
    public static Expr softplus(Expr x) {
        return unary(Op.SOFTPLUS, x);
    }

    /** The error function. */
    public static Expr erf(Expr x) {
        return unary(Op.ERF, x);
    }

    /** 1 − x. */
    public static Expr oneMinus(Expr x) {
        return unary(Op.ONE_MINUS, x);
    }

    /** The value of x, a constant to differentiation. */
    public static Expr stopGradient(Expr x) {
        return unary(Op.STOP_GRADIENT, x);
    }

    /** The value of x; each element of the gradient that flows back through it is held within ±{@code bound}. */
    public static Expr clipGradient(Expr x, double bound) {
        if (!(bound > 0)) {
            throw new ExpressionException("clipGradient", "a bound is greater than 0, got " + bound);
        }
        return Expr.node(Op.CLIP_GRADIENT, x.shape(), Map.of("bound", bound), x);
    }

    /** The lesser; at a tie the derivative is the first operand's. */
    public static Expr min(Expr a, Expr b) {
        return binary(Op.MINIMUM, "min", a, b);
    }

    public static Expr min(Expr a, double b) {
        return min(a, Expr.of(b));
    }

    /** The greater; at a tie the derivative is the first operand's. */
    public static Expr max(Expr a, Expr b) {
        return binary(Op.MAXIMUM, "max", a, b);
    }

    public static Expr max(Expr a, double b) {
        return max(a, Expr.of(b));
    }

    /**
     * baseᵉˣᵖᵒⁿᵉⁿᵗ; not a number where the base is negative and the exponent not whole. The derivative by the exponent takes the logarithm
     * of the base, so it is finite for positive bases only.
     */
    public static Expr pow(Expr base, Expr exponent) {
        return binary(Op.POWER, "pow", base, exponent);
    }

    public static Expr pow(Expr base, double exponent) {
        return pow(base, Expr.of(exponent));
    }

    public static Expr pow(double base, Expr exponent) {
        return pow(Expr.of(base), exponent);
    }

    /** x within [low, high]; derivative 1 strictly inside, else 0. */
    public static Expr clamp(Expr x, double low, double high) {
        if (!(low <= high)) {
            throw new ExpressionException("clamp", "low " + low + " is not below high " + high);
        }
        return Expr.node(Op.CLAMP, x.shape(), Map.of("low", low, "high", high), x);
    }

    /** from + gate · (to − from): {@code from} where the gate is 0, {@code to} where it is 1. */
    public static Expr lerp(Expr from, Expr to, Expr gate) {
        Shape shape = from.shape().meet("lerp", to.shape()).meet("lerp", gate.shape());
        return Expr.node(Op.LERP, shape, Map.of(), from, to, gate);
    }

    public static Expr lerp(Expr from, Expr to, double gate) {
        return lerp(from, to, Expr.of(gate));
    }

    /** 1 where a &lt; b, else 0; derivative 0. */
    public static Expr less(Expr a, Expr b) {
        return binary(Op.LESS, "less", a, b);
    }

    public static Expr less(Expr a, double b) {
        return less(a, Expr.of(b));
    }

    public static Expr less(double a, Expr b) {
        return less(Expr.of(a), b);
    }

    /**
     * {@code yes} where the condition is not 0, else {@code no}.
     *
     * <p>The branch not taken gets an exact zero as its derivative, but zero times infinity is NaN: clamp the operand inside
     * a branch that is not finite everywhere.
     */
    public static Expr select(Expr condition, Expr yes, Expr no) {
        Shape shape = yes.shape().meet("select", no.shape()).meet("select", condition.shape());
        return Expr.node(Op.SELECT, shape, Map.of(), condition, yes, no);
    }

    /** ((time − shift)/period) minus its floor, in [0, 1), computed in double: the phase of a periodic gate. */
    public static Expr phase(Expr time, Expr shift, Expr period) {
        Shape shape = time.shape().meet("phase", shift.shape()).meet("phase", period.shape());
        return Expr.node(Op.PHASE, shape, Map.of(), time, shift, period);
    }

    /** Sum over the named axes; steps past a row's length and rows without a step count for nothing. */
    public static Expr sum(Expr x, Axis axis, Axis... more) {
        return reduce(Op.SUM, "sum", x, axes(axis, more));
    }

    /** Sum over all axes. */
    public static Expr sum(Expr x) {
        return x.shape().axes().isEmpty()
                ? x
                : reduce(Op.SUM, "sum", x, x.shape().axes());
    }

    /** Mean over the named axes; of steps and rows it takes the valid ones, and is 0 where there is none. */
    public static Expr mean(Expr x, Axis axis, Axis... more) {
        Expr sum = sum(x, axis, more);
        double count = 1;
        List<Axis> dynamic = new ArrayList<>();
        for (Axis each : axes(axis, more)) {
            int size = x.shape().size(each);
            if (size == Shape.DYNAMIC) {
                dynamic.add(each);
            } else {
                count *= size;
            }
        }
        if (dynamic.isEmpty()) {
            return sum.div(count);
        }
        Shape rows = Shape.scalar();
        for (Axis each : x.shape().axes()) {
            rows = x.shape().size(each) == Shape.DYNAMIC ? rows.plus(each, Shape.DYNAMIC) : rows;
        }
        Expr valid = Expr.node(Op.VALID, rows, Map.of("name", "valid"));
        return sum.div(max(reduce(Op.SUM, "mean", valid, dynamic), 1).times(count));
    }

    /** Mean over all axes. */
    public static Expr mean(Expr x) {
        List<Axis> axes = x.shape().axes();
        return axes.isEmpty()
                ? x
                : mean(x, axes.get(0), axes.subList(1, axes.size()).toArray(Axis[]::new));
    }

    /** Largest value over the named axes; at a tie the first index has the derivative. */
    public static Expr max(Expr x, Axis axis, Axis... more) {
        return reduce(Op.MAX_OVER, "max", x, axes(axis, more));
    }

    /** Sum of the products of all elements. */
    public static Expr dot(Expr a, Expr b) {
        return sum(a.times(b));
    }

    /** Euclidean norm over all elements; derivative 0 at 0. */
    public static Expr norm(Expr x) {
        return root(sum(square(x)));
    }

    /** √squared; derivative 0 at 0. */
    static Expr root(Expr squared) {
        Expr zero = less(squared, Double.MIN_NORMAL);
        return select(zero, Expr.of(0), sqrt(select(zero, Expr.of(1), squared)));
    }

    /** exp(x)/Σ exp(x) along {@code axis}, without overflow. */
    public static Expr softmax(Expr x, Axis axis) {
        Expr raised = exp(x.minus(stopGradient(max(x, axis))));
        return raised.div(sum(raised, axis));
    }

    /** The logarithm of {@link #softmax}, finite for operands of any size. */
    public static Expr logSoftmax(Expr x, Axis axis) {
        Expr shifted = x.minus(stopGradient(max(x, axis)));
        return shifted.minus(log(sum(exp(shifted), axis)));
    }

    /**
     * 1 at the feature that {@code index} names, else 0; derivative 0.
     *
     * @param index whole numbers from 0, with one feature
     * @return with {@code width} features
     */
    public static Expr oneHot(Expr index, int width) {
        if (index.width() != 1) {
            throw new ExpressionException("oneHot", "index", Axis.FEATURES, 1, index.width());
        }
        Expr number = sum(index, Axis.FEATURES);
        return less(abs(number.minus(index(Axis.FEATURES, width))), 0.5);
    }

    /** 0, 1, … size − 1 along {@code axis}. */
    public static Expr index(Axis axis, int size) {
        return Expr.node(Op.POSITION, Shape.scalar().plus(axis, size), Map.of("axis", axis));
    }

    /** Zero in the shape of {@code x}. */
    public static Expr zerosLike(Expr x) {
        return broadcast(Expr.of(0), x.shape());
    }

    /** Side by side along features. */
    public static Expr concat(Expr first, Expr... more) {
        List<Expr> parts = new ArrayList<>(List.of(first));
        parts.addAll(List.of(more));
        int width = 0;
        Shape around = Shape.scalar();
        for (Expr part : parts) {
            width += part.width();
            around = around.meet("concat", part.shape().minus(Axis.FEATURES));
        }
        Shape shape = around.plus(Axis.FEATURES, width);
        for (int i = 0; i < parts.size(); i++) {
            parts.set(
                    i,
                    broadcast(
                            parts.get(i),
                            around.plus(Axis.FEATURES, parts.get(i).width())));
        }
        return parts.size() == 1 ? first : Expr.node(Op.CONCAT, shape, Map.of(), parts.toArray(Expr[]::new));
    }

    /** Features {@code from} (inclusive) to {@code to} (exclusive). */
    public static Expr slice(Expr x, int from, int to) {
        if (from < 0 || to > x.width() || from >= to) {
            throw new ExpressionException("slice", "features " + from + " to " + to + " of " + x.shape());
        }
        return Expr.node(Op.SLICE, x.shape().with(Axis.FEATURES, to - from), Map.of("from", from, "to", to), x);
    }

    /** Every feature moved on by {@code by} places, the last ones to the front. */
    public static Expr roll(Expr x, int by) {
        int split = Math.floorMod(-by, x.width());
        return split == 0 ? x : concat(slice(x, split, x.width()), slice(x, 0, split));
    }

    /** Backwards in time, within each row's length. */
    public static Expr reverse(Expr sequence) {
        requireTime("reverse", sequence);
        return Expr.node(Op.REVERSE, sequence.shape(), Map.of(), sequence);
    }

    /** The value at each row's last valid step. */
    public static Expr last(Expr sequence) {
        requireTime("last", sequence);
        return Expr.node(Op.LAST, sequence.shape().minus(Axis.TIME), Map.of(), sequence);
    }

    /**
     * Contracts the columns of {@code a} (or its features) with the rows of {@code b}.
     *
     * <p>Matrix by matrix gives a matrix, a value with features by a matrix gives a value with features.
     */
    public static Expr matmul(Expr a, Expr b) {
        Axis meeting = a.shape().has(Axis.COLUMNS) ? Axis.COLUMNS : Axis.FEATURES;
        if (!a.shape().has(meeting)) {
            throw new ExpressionException("matmul", "left operand " + a.shape() + " has neither columns nor features");
        }
        if (!b.shape().has(Axis.ROWS) || !b.shape().has(Axis.COLUMNS)) {
            throw new ExpressionException("matmul", "right operand " + b.shape() + " is no matrix");
        }
        if (a.shape().size(meeting) != b.shape().size(Axis.ROWS)) {
            throw new ExpressionException(
                    "matmul",
                    "right operand",
                    Axis.ROWS,
                    a.shape().size(meeting),
                    b.shape().size(Axis.ROWS));
        }
        Shape shape = a.shape().minus(meeting).plus(meeting, b.shape().size(Axis.COLUMNS));
        return Expr.node(Op.MATMUL, shape, Map.of(), a, b);
    }

    /** Rows and columns exchanged. */
    public static Expr transpose(Expr m) {
        if (!m.shape().has(Axis.ROWS) || !m.shape().has(Axis.COLUMNS)) {
            throw new ExpressionException("transpose", "operand " + m.shape() + " is no matrix");
        }
        Shape shape = Shape.matrix(m.shape().size(Axis.COLUMNS), m.shape().size(Axis.ROWS));
        return Expr.node(Op.TRANSPOSE, shape, Map.of(), m);
    }

    /** The unit matrix. */
    public static Expr identity(int size) {
        return Expr.node(Op.IDENTITY, Shape.matrix(size, size), Map.of());
    }

    /**
     * Rows of {@code table} by number; a number outside of the table counts as its nearest row.
     *
     * @param index whole numbers, with one feature
     * @return the rows, their columns as features
     */
    public static Expr gather(Expr table, Expr index) {
        if (index.width() != 1) {
            throw new ExpressionException("gather", "index", Axis.FEATURES, 1, index.width());
        }
        Shape shape = index.shape().with(Axis.FEATURES, table.shape().size(Axis.COLUMNS));
        return Expr.node(Op.GATHER, shape, Map.of(), table, index);
    }

    /** {@code x} repeated along the axes of {@code shape} that it lacks. */
    static Expr broadcast(Expr x, Shape shape) {
        return x.shape().equals(shape) ? x : Expr.node(Op.BROADCAST, shape, Map.of(), x);
    }

    static Expr unary(Op op, Expr x) {
        return Expr.node(op, x.shape(), Map.of(), x);
    }

    static Expr binary(Op op, String name, Expr a, Expr b) {
        return Expr.node(op, a.shape().meet(name, b.shape()), Map.of(), a, b);
    }

    private static Expr reduce(Op op, String name, Expr x, List<Axis> axes) {
        Shape shape = x.shape();
        for (Axis axis : axes) {
            if (!shape.has(axis)) {
                throw new ExpressionException(name, "operand " + x.shape() + " has no axis " + axis);
            }
            shape = shape.minus(axis);
        }
        return Expr.node(op, shape, Map.of("axes", List.copyOf(axes)), x);
    }

    private static List<Axis> axes(Axis first, Axis... more) {
        List<Axis> axes = new ArrayList<>(List.of(first));
        axes.addAll(List.of(more));
        return axes;
    }

    private static void requireTime(String operation, Expr sequence) {
        if (!sequence.shape().has(Axis.TIME)) {
            throw new ExpressionException(
                    operation.toLowerCase(Locale.ROOT), "operand " + sequence.shape() + " is no sequence");
        }
    }
}
