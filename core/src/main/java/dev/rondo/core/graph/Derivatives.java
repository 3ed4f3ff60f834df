package dev.rondo.core.graph;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.cos;
import static dev.rondo.api.expr.Fn.exp;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.log;
import static dev.rondo.api.expr.Fn.matmul;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.reverse;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.sigmoid;
import static dev.rondo.api.expr.Fn.sign;
import static dev.rondo.api.expr.Fn.sin;
import static dev.rondo.api.expr.Fn.slice;
import static dev.rondo.api.expr.Fn.square;
import static dev.rondo.api.expr.Fn.transpose;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The local derivatives of the primitives, each stated once. */
final class Derivatives {
    private Derivatives() {}

    /**
     * What an operand gets of the gradient by a node's value.
     *
     * @param node the node, whose value the gradient may read
     * @param i which operand
     * @param d gradient by the node's value
     * @return the gradient by the operand up to axes that one of them lacks; absent where the derivative is zero
     */
    static @Nullable Expr operand(Expr node, int i, Expr d) {
        Expr x = node.input(i);
        return switch (node.op()) {
            case NEGATE -> d.unaryMinus();
            case EXP -> d.times(node);
            case EXPM1 -> d.times(node.plus(1));
            case LOG -> d.div(x);
            case LOG1P -> d.div(x.plus(1));
            case SQRT -> d.div(node.times(2));
            case RSQRT -> d.times(node.times(square(node)).times(-0.5));
            case ABS -> d.times(sign(x));
            case SQUARE -> d.times(x.times(2));
            case SIN -> d.times(cos(x));
            case COS -> d.times(sin(x)).unaryMinus();
            case SIGMOID -> d.times(node.times(oneMinus(node)));
            case TANH -> d.times(oneMinus(square(node)));
            case RELU -> select(less(0, x), d, Expr.of(0));
            case SOFTPLUS -> d.times(sigmoid(x));
            case ERF -> d.times(exp(square(x).unaryMinus()).times(2 / Math.sqrt(Math.PI)));
            case ONE_MINUS -> d.unaryMinus();
            case CLAMP -> select(less(number(node, "low"), x).times(less(x, number(node, "high"))), d, Expr.of(0));
            case ADD, BROADCAST -> d;
            case CLIP_GRADIENT -> Fn.clamp(d, -number(node, "bound"), number(node, "bound"));
            case SUBTRACT -> i == 0 ? d : d.unaryMinus();
            case MULTIPLY -> d.times(node.input(1 - i));
            case DIVIDE -> i == 0 ? d.div(node.input(1)) : d.times(node).div(x).unaryMinus();
            case MINIMUM -> chosen(i, less(node.input(1), node.input(0)), d);
            case MAXIMUM -> chosen(i, less(node.input(0), node.input(1)), d);
            case POWER -> power(node, i, d);
            case SELECT -> i == 0 ? null : chosen(i - 1, oneMinus(condition(node.input(0))), d);
            case LERP -> lerp(node, i, d);
            case PHASE -> phase(node, i, d);
            case SUM -> d;
            case MAX_OVER -> toLargest(node, d);
            case SLICE -> embedded(x, (Integer) node.attribute("from", Integer.class), node.width(), d);
            case CONCAT -> part(node, i, d);
            case LAG -> later(d, node.attribute("steps", Integer.class));
            case REVERSE -> reverse(d);
            case LAST -> atLast(x, d);
            case MATMUL -> product(node, i, d);
            case TRANSPOSE -> transpose(d);
            case GATHER -> i == 0 ? Expr.node(Op.SCATTER, x.shape(), Map.of(), node.input(1), d) : null;
            case SIGN, FLOOR, LESS, STOP_GRADIENT -> null;
            default -> throw new IllegalStateException("no derivative is stated for " + node.op());
        };
    }

    /** The gradient goes to operand 0 where {@code second} is 0, and to operand 1 elsewhere. */
    private static Expr chosen(int i, Expr second, Expr d) {
        return i == 0 ? select(second, Expr.of(0), d) : select(second, d, Expr.of(0));
    }

    /** A condition as exactly 0 or 1. */
    private static Expr condition(Expr any) {
        return any.op() == Op.LESS || any.op() == Op.VALID ? any : less(0, abs(any));
    }

    /** The gradient goes to the first of the largest values: the one whose position is least. */
    private static Expr toLargest(Expr largest, Expr d) {
        Expr x = largest.input(0);
        List<Axis> axes = new ArrayList<>();
        Expr position = Expr.of(0);
        for (Object each : largest.attribute("axes", List.class)) {
            axes.add((Axis) each);
        }
        if (axes.contains(Axis.TIME)) { // outermost, as its size is not known
            position = Expr.node(Op.INDEX, x.shape().minus(Axis.FEATURES), Map.of("name", "index"));
        }
        for (Axis axis : axes) {
            if (!axis.equals(Axis.TIME)) {
                int size = x.shape().size(axis);
                position = position.times(size).plus(Fn.index(axis, size));
            }
        }
        Expr candidates = select(less(x, largest), Expr.of(-Float.MAX_VALUE), position.unaryMinus());
        Expr first = Expr.node(Op.MAX_OVER, largest.shape(), Map.of("axes", List.copyOf(axes)), candidates);
        return select(less(candidates, first), Expr.of(0), d);
    }

    private static Expr power(Expr node, int i, Expr d) {
        Expr base = node.input(0);
        Expr exponent = node.input(1);
        return i == 0 ? d.times(exponent.times(pow(base, exponent.minus(1)))) : d.times(node.times(log(base)));
    }

    private static Expr lerp(Expr node, int i, Expr d) {
        Expr gate = node.input(2);
        return switch (i) {
            case 0 -> d.times(oneMinus(gate));
            case 1 -> d.times(gate);
            default -> d.times(node.input(1).minus(node.input(0)));
        };
    }

    private static @Nullable Expr phase(Expr node, int i, Expr d) {
        Expr elapsed = node.input(0).minus(node.input(1));
        Expr period = node.input(2);
        return switch (i) {
            case 0 -> null; // time is data
            case 1 -> d.div(period).unaryMinus();
            default -> d.times(elapsed).div(square(period)).unaryMinus();
        };
    }

    private static Expr embedded(Expr whole, int from, int width, Expr d) {
        Shape around = d.shape();
        Expr zero = Expr.of(0);
        Expr before = from == 0 ? null : filled(zero, around.with(Axis.FEATURES, from));
        int rest = whole.width() - from - width;
        Expr after = rest == 0 ? null : filled(zero, around.with(Axis.FEATURES, rest));
        Expr left = before == null ? d : Fn.concat(before, d);
        return after == null ? left : Fn.concat(left, after);
    }

    private static Expr filled(Expr value, Shape shape) {
        return Expr.node(Op.BROADCAST, shape, Map.of(), value);
    }

    private static Expr part(Expr concat, int i, Expr d) {
        int from = 0;
        for (int k = 0; k < i; k++) {
            from += concat.input(k).width();
        }
        return slice(d, from, from + concat.input(i).width());
    }

    /** The value of so many steps later, zero past the end. */
    private static Expr later(Expr d, int steps) {
        return Expr.node(Op.LAG, d.shape(), Map.of("steps", -steps), d);
    }

    private static Expr atLast(Expr sequence, Expr d) {
        Shape rows = Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC).plus(Axis.BATCH, Shape.DYNAMIC);
        Expr valid = Expr.node(Op.VALID, rows, Map.of("name", "valid"));
        return select(valid.minus(later(valid, 1)), filled(d, sequence.shape()), Expr.of(0));
    }

    private static Expr product(Expr node, int i, Expr d) {
        Expr a = node.input(0);
        Expr b = node.input(1);
        if (i == 0) {
            return matmul(d, transpose(b));
        }
        return a.shape().has(Axis.COLUMNS) ? matmul(transpose(a), d) : Expr.node(Op.OUTER, b.shape(), Map.of(), a, d);
    }

    private static double number(Expr node, String name) {
        return node.attribute(name, Double.class);
    }
}
