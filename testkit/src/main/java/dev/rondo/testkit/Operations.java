package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every operation whose value depends on its operands alone. */
final class Operations {
    private final Setting setting;

    Operations(Setting setting) {
        this.setting = setting;
    }

    NamedArray apply(Expr node, List<NamedArray> operands) {
        return switch (node.op()) {
            case POSITION -> positions(node);
            case IDENTITY -> identity(node);
            case NEGATE,
                    EXP,
                    EXPM1,
                    LOG,
                    LOG1P,
                    SQRT,
                    RSQRT,
                    ABS,
                    SIGN,
                    SQUARE,
                    SIN,
                    COS,
                    FLOOR,
                    SIGMOID,
                    TANH,
                    RELU,
                    SOFTPLUS,
                    ERF,
                    ONE_MINUS,
                    CLAMP,
                    STOP_GRADIENT,
                    CLIP_GRADIENT,
                    BROADCAST -> unary(node, operands.get(0));
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM, POWER, LESS ->
                binary(node, operands.get(0), operands.get(1));
            case SELECT -> select(node, operands.get(0), operands.get(1), operands.get(2));
            case LERP -> lerp(node, operands.get(0), operands.get(1), operands.get(2));
            case PHASE -> phase(node, operands.get(0), operands.get(1), operands.get(2));
            case SUM -> sum(node, operands.get(0));
            case MAX_OVER -> maximum(node, operands.get(0));
            case CONCAT -> concat(node, operands);
            case SLICE -> slice(node, operands.get(0));
            case REVERSE -> reverse(node, operands.get(0));
            case LAST -> last(node, operands.get(0));
            case GATHER -> gather(node, operands.get(0), operands.get(1));
            case MATMUL -> matmul(node, operands.get(0), operands.get(1));
            case TRANSPOSE -> transpose(node, operands.get(0));
            default -> throw new IllegalArgumentException(node.op() + " is not part of written equations");
        };
    }

    /** Zeros in the shape of {@code node}, with the sizes of this evaluation. */
    NamedArray zero(Shape shape) {
        int[] sizes = new int[shape.axes().size()];
        for (int i = 0; i < sizes.length; i++) {
            Axis axis = shape.axes().get(i);
            sizes[i] = axis.equals(Axis.TIME)
                    ? setting.steps()
                    : axis.equals(Axis.BATCH) ? setting.batch() : shape.size(axis);
        }
        return NamedArray.zero(shape.axes(), sizes);
    }

    private NamedArray positions(Expr node) {
        NamedArray result = zero(node.shape());
        Arrays.setAll(result.value(), i -> i);
        return result;
    }

    private NamedArray identity(Expr node) {
        NamedArray result = zero(node.shape());
        for (int i = 0; i < result.length(); i++) {
            result.value()[i] = result.position(Axis.ROWS, i) == result.position(Axis.COLUMNS, i) ? 1 : 0;
        }
        return result;
    }

    private NamedArray unary(Expr node, NamedArray x) {
        NamedArray result = zero(node.shape());
        int[] places = result.places(x);
        for (int i = 0; i < result.length(); i++) {
            int at = places[i];
            result.value()[i] = Elements.value(node, x.value()[at]);
            result.tangent()[i] = x.tangent()[at] == 0 ? 0 : Elements.slope(node, x.value()[at]) * x.tangent()[at];
        }
        return result;
    }

    private NamedArray binary(Expr node, NamedArray left, NamedArray right) {
        NamedArray result = zero(node.shape());
        int[] lefts = result.places(left);
        int[] rights = result.places(right);
        for (int i = 0; i < result.length(); i++) {
            int l = lefts[i];
            int r = rights[i];
            double a = left.value()[l];
            double b = right.value()[r];
            result.value()[i] = Elements.value(node.op(), a, b);
            double along = left.tangent()[l];
            double other = right.tangent()[r];
            result.tangent()[i] = (along == 0 ? 0 : Elements.first(node.op(), a, b) * along)
                    + (other == 0 ? 0 : Elements.second(node.op(), a, b) * other);
        }
        return result;
    }

    private NamedArray select(Expr node, NamedArray condition, NamedArray yes, NamedArray no) {
        NamedArray result = zero(node.shape());
        int[] conditions = result.places(condition);
        int[] yeses = result.places(yes);
        int[] noes = result.places(no);
        for (int i = 0; i < result.length(); i++) {
            boolean taken = condition.value()[conditions[i]] != 0;
            result.set(i, taken ? yes : no, taken ? yeses[i] : noes[i]);
        }
        return result;
    }

    private NamedArray lerp(Expr node, NamedArray from, NamedArray to, NamedArray gate) {
        NamedArray result = zero(node.shape());
        int[] froms = result.places(from);
        int[] tos = result.places(to);
        int[] gates = result.places(gate);
        for (int i = 0; i < result.length(); i++) {
            int f = froms[i];
            int t = tos[i];
            int g = gates[i];
            double weight = gate.value()[g];
            double gap = to.value()[t] - from.value()[f];
            result.value()[i] = from.value()[f] + weight * gap;
            result.tangent()[i] = (1 - weight) * from.tangent()[f] + weight * to.tangent()[t] + gap * gate.tangent()[g];
        }
        return result;
    }

    private NamedArray phase(Expr node, NamedArray time, NamedArray shift, NamedArray period) {
        NamedArray result = zero(node.shape());
        int[] times = result.places(time);
        int[] shifts = result.places(shift);
        int[] periods = result.places(period);
        for (int i = 0; i < result.length(); i++) {
            int t = times[i];
            int s = shifts[i];
            int p = periods[i];
            double turns = (time.value()[t] - shift.value()[s]) / period.value()[p];
            result.value()[i] = turns - Math.floor(turns);
            result.tangent()[i] =
                    (time.tangent()[t] - shift.tangent()[s] - turns * period.tangent()[p]) / period.value()[p];
        }
        return result;
    }

    private NamedArray sum(Expr node, NamedArray x) {
        NamedArray result = zero(node.shape());
        boolean overRows = axes(node).contains(Axis.TIME) || axes(node).contains(Axis.BATCH);
        int[] places = x.places(result);
        for (int i = 0; i < x.length(); i++) {
            if (!overRows || counts(x, i)) {
                int at = places[i];
                result.value()[at] += x.value()[i];
                result.tangent()[at] += x.tangent()[i];
            }
        }
        return result;
    }

    private NamedArray maximum(Expr node, NamedArray x) {
        NamedArray result = zero(node.shape());
        boolean overTime = axes(node).contains(Axis.TIME);
        boolean[] found = new boolean[result.length()];
        int[] places = x.places(result);
        for (int i = 0; i < x.length(); i++) {
            if (!overTime || counts(x, i)) {
                int at = places[i];
                if (!found[at] || x.value()[i] > result.value()[at]) {
                    result.set(at, x, i);
                    found[at] = true;
                }
            }
        }
        return result;
    }

    private NamedArray concat(Expr node, List<NamedArray> parts) {
        NamedArray result = zero(node.shape());
        int[] ends = new int[parts.size()];
        int width = 0;
        for (int p = 0; p < ends.length; p++) {
            width += parts.get(p).size(Axis.FEATURES);
            ends[p] = width;
        }
        for (int i = 0; i < result.length(); i++) {
            int feature = result.position(Axis.FEATURES, i);
            int p = 0;
            while (feature >= ends[p]) {
                p++;
            }
            NamedArray part = parts.get(p);
            int within = feature - (ends[p] - part.size(Axis.FEATURES));
            result.set(i, part, moved(result, i, part, Axis.FEATURES, within));
        }
        return result;
    }

    private NamedArray slice(Expr node, NamedArray x) {
        NamedArray result = zero(node.shape());
        int from = node.attribute("from", Integer.class);
        for (int i = 0; i < result.length(); i++) {
            result.set(i, x, moved(result, i, x, Axis.FEATURES, from + result.position(Axis.FEATURES, i)));
        }
        return result;
    }

    private NamedArray reverse(Expr node, NamedArray x) {
        NamedArray result = zero(node.shape());
        for (int i = 0; i < result.length(); i++) {
            int step = result.position(Axis.TIME, i);
            int length = setting.lengths()[result.position(Axis.BATCH, i)];
            if (step < length) {
                result.set(i, x, moved(result, i, x, Axis.TIME, length - 1 - step));
            }
        }
        return result;
    }

    private NamedArray last(Expr node, NamedArray x) {
        NamedArray result = zero(node.shape());
        for (int i = 0; i < result.length(); i++) {
            int length = setting.lengths()[result.position(Axis.BATCH, i)];
            if (length > 0) {
                result.set(i, x, moved(result, i, x, Axis.TIME, length - 1));
            }
        }
        return result;
    }

    private NamedArray gather(Expr node, NamedArray table, NamedArray index) {
        NamedArray result = zero(node.shape());
        for (int i = 0; i < result.length(); i++) {
            double asked = index.value()[moved(result, i, index, Axis.FEATURES, 0)];
            int row = (int) Math.min(Math.max(Math.rint(asked), 0), table.size(Axis.ROWS) - 1);
            int column = result.position(Axis.FEATURES, i);
            result.set(i, table, row * table.stride(Axis.ROWS) + column * table.stride(Axis.COLUMNS));
        }
        return result;
    }

    private NamedArray matmul(Expr node, NamedArray left, NamedArray right) {
        NamedArray result = zero(node.shape());
        Axis meeting = left.axes().contains(Axis.COLUMNS) ? Axis.COLUMNS : Axis.FEATURES;
        int alongLeft = left.stride(meeting);
        int alongRight = right.stride(Axis.ROWS);
        int terms = left.size(meeting);
        for (int i = 0; i < result.length(); i++) {
            int l = moved(result, i, left, meeting, 0);
            int r = result.position(meeting, i) * right.stride(Axis.COLUMNS);
            double value = 0;
            double tangent = 0;
            for (int k = 0; k < terms; k++) {
                double a = left.value()[l];
                double b = right.value()[r];
                value += a * b;
                tangent += left.tangent()[l] * b + a * right.tangent()[r];
                l += alongLeft;
                r += alongRight;
            }
            result.value()[i] = value;
            result.tangent()[i] = tangent;
        }
        return result;
    }

    private NamedArray transpose(Expr node, NamedArray x) {
        NamedArray result = zero(node.shape());
        for (int i = 0; i < result.length(); i++) {
            int row = result.position(Axis.ROWS, i);
            int column = result.position(Axis.COLUMNS, i);
            result.set(i, x, column * x.stride(Axis.ROWS) + row * x.stride(Axis.COLUMNS));
        }
        return result;
    }

    /** Where {@code source} keeps what belongs to element {@code index}, at another position along {@code axis}. */
    private static int moved(NamedArray result, int index, NamedArray source, Axis axis, int position) {
        int at = position * source.stride(axis);
        for (Axis each : source.axes()) {
            if (!each.equals(axis)) {
                at += result.position(each, index) * source.stride(each);
            }
        }
        return at;
    }

    private boolean counts(NamedArray x, int index) {
        int step = x.position(Axis.TIME, index);
        return x.axes().contains(Axis.BATCH)
                ? setting.valid(step, x.position(Axis.BATCH, index))
                : step < Arrays.stream(setting.lengths()).max().orElse(0);
    }

    private static List<Axis> axes(Expr reduction) {
        List<Axis> axes = new ArrayList<>();
        for (Object axis : reduction.attribute("axes", List.class)) {
            axes.add((Axis) axis);
        }
        return axes;
    }
}
