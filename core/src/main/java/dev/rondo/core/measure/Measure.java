package dev.rondo.core.measure;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.core.arrays.Numbers;
import dev.rondo.core.graph.Ops;
import dev.rondo.core.trace.Graphs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Evaluates equations of losses and metrics over all scored steps and rows, in double precision and in a fixed order.
 *
 * <p>What has a time and a batch axis is computed for some hundred places at a time; a sum or a maximum over both axes goes through
 * all of them and gives values that other equations may use. Not for training: there is no gradient here.
 */
public final class Measure {
    private static final int BLOCK = 256;

    private final int places;
    private final int[] scored;
    private final Map<Expr, Values> sequences = new IdentityHashMap<>();
    private final Map<Expr, double[]> fixed = new IdentityHashMap<>();

    /**
     * A measure over {@code places} steps times rows.
     *
     * @param scored which of them count, in their order
     */
    public Measure(int places, int[] scored) {
        this.places = places;
        this.scored = scored;
    }

    /** A measure over all of {@code places} steps times rows. */
    public static Measure ofAll(int places) {
        int[] all = new int[places];
        for (int i = 0; i < places; i++) {
            all[i] = i;
        }
        return new Measure(places, all);
    }

    /** The values of a leaf, one place at a time. */
    @FunctionalInterface
    public interface Values {
        /** Writes the features of {@code place} from {@code at} on. */
        void read(int place, double[] into, int at);
    }

    /** Number of steps times rows that count. */
    public int count() {
        return scored.length;
    }

    /** Gives {@code leaf} [time, batch, features] its values. */
    public Measure bind(Expr leaf, float[] values) {
        if (values.length != (long) places * leaf.width()) {
            throw new IllegalArgumentException(values.length + " values for " + places + " places of " + leaf);
        }
        int width = leaf.width();
        return bind(leaf, (place, into, at) -> {
            for (int k = 0; k < width; k++) {
                into[at + k] = values[place * width + k];
            }
        });
    }

    /** Gives {@code leaf} [time, batch, features] the values that are read place by place, at every pass anew. */
    public Measure bind(Expr leaf, Values values) {
        sequences.put(leaf, values);
        return this;
    }

    /** Gives {@code leaf}, a number or [features], its values. */
    public Measure bindFixed(Expr leaf, double... values) {
        fixed.put(leaf, values.clone());
        return this;
    }

    /** The mean of {@code each} [time, batch] over what is scored; not-a-number if nothing is. */
    public double mean(Expr each) {
        return number(Fn.sum(each, Axis.TIME, Axis.BATCH)) / count();
    }

    /** The value of an equation without axes. */
    public double number(Expr root) {
        if (!root.shape().axes().isEmpty()) {
            throw new IllegalArgumentException(root + " is no single number");
        }
        return fixed(root)[0];
    }

    private static boolean varies(Expr node) {
        return node.shape().has(Axis.TIME) || node.shape().has(Axis.BATCH);
    }

    /** Whether all places together give the node its value. */
    private static boolean gathers(Expr node) {
        return !varies(node) && node.inputs().stream().anyMatch(Measure::varies);
    }

    private double[] fixed(Expr root) {
        for (Expr node : Graphs.ordered(List.of(root))) {
            if (!varies(node) && !fixed.containsKey(node)) {
                double[] value = new double[width(node)];
                if (gathers(node)) {
                    gather(node, value);
                } else {
                    Expr[] inputs = node.inputs().toArray(Expr[]::new);
                    double[][] operands = new double[inputs.length][];
                    for (int i = 0; i < inputs.length; i++) {
                        operands[i] = Objects.requireNonNull(fixed.get(inputs[i]));
                    }
                    compute(node, operands, 1, value);
                }
                fixed.put(node, value);
            }
        }
        return Objects.requireNonNull(fixed.get(root));
    }

    /** The value of {@code each} [time, batch] at every place that is scored, in their order. */
    public double[] values(Expr each) {
        double[] all = new double[count()];
        int[] at = {0};
        run(each, (values, length) -> {
            System.arraycopy(values, 0, all, at[0], length);
            at[0] += length;
        });
        return all;
    }

    /** A sum or a maximum over all places, element after element, so that the order is that of the values. */
    private void gather(Expr node, double[] result) {
        boolean sum = node.op() == Op.SUM;
        if (!sum && node.op() != Op.MAX_OVER) {
            throw unable(node);
        }
        int width = width(node.input(0));
        Arrays.fill(result, sum ? 0 : Double.NEGATIVE_INFINITY);
        run(node.input(0), (values, length) -> {
            for (int i = 0; i < length; i++) {
                int to = result.length == 1 ? 0 : i % width;
                result[to] = sum ? result[to] + values[i] : Math.max(result[to], values[i]);
            }
        });
    }

    /** Hears the values of some places, feature by feature. */
    private interface Listener {
        void block(double[] values, int length);
    }

    /** Computes {@code root} for all scored places, some at a time. */
    private void run(Expr root, Listener listener) {
        List<Expr> nodes = new ArrayList<>(Graphs.ordered(List.of(root)));
        nodes.stream().filter(each -> !varies(each)).forEach(this::fixed);
        nodes.removeIf(each -> !varies(each) || sequences.containsKey(each));
        Map<Expr, double[]> block = new IdentityHashMap<>();
        for (Expr leaf : sequences.keySet()) {
            block.put(leaf, new double[BLOCK * width(leaf)]);
        }
        nodes.forEach(each -> block.put(each, new double[BLOCK * width(each)]));
        for (int from = 0; from < scored.length; from += BLOCK) {
            int count = Math.min(BLOCK, scored.length - from);
            for (Map.Entry<Expr, Values> leaf : sequences.entrySet()) {
                double[] into = Objects.requireNonNull(block.get(leaf.getKey()));
                for (int i = 0; i < count; i++) {
                    leaf.getValue().read(scored[from + i], into, i * width(leaf.getKey()));
                }
            }
            for (Expr each : nodes) {
                double[][] operands = new double[each.inputs().size()][];
                for (int i = 0; i < operands.length; i++) {
                    Expr input = each.input(i);
                    operands[i] = varies(input) ? block.get(input) : fixed.get(input);
                }
                compute(each, operands, count, Objects.requireNonNull(block.get(each)));
            }
            listener.block(Objects.requireNonNull(block.get(root)), count * width(root));
        }
    }

    /** One node for {@code count} places; an operand that does not vary serves them all, one without features all features. */
    private static void compute(Expr node, double[][] in, int count, double[] out) {
        int width = width(node);
        switch (node.op()) {
            case CONSTANT, OPTION ->
                out[0] = node.attribute("value", Number.class).doubleValue();
            case POSITION -> {
                for (int k = 0; k < width; k++) {
                    out[k] = k;
                }
            }
            case SUM, MAX_OVER -> reduce(node.op() == Op.SUM, in[0], width(node.input(0)), count, out);
            case SLICE -> {
                int from = node.attribute("from", Integer.class);
                int whole = width(node.input(0));
                for (int i = 0; i < count * width; i++) {
                    out[i] = in[0][i / width * whole + from + i % width];
                }
            }
            case CONCAT -> {
                int to = 0;
                for (int part = 0; part < in.length; part++) {
                    int each = width(node.input(part));
                    for (int i = 0; i < count * each; i++) {
                        out[i / each * width + to + i % each] = in[part][i];
                    }
                    to += each;
                }
            }
            default -> elementwise(node, in, count, width, out);
        }
    }

    private static void reduce(boolean sum, double[] in, int width, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            double total = sum ? 0 : Double.NEGATIVE_INFINITY;
            for (int k = 0; k < width; k++) {
                double value = in[i * width + k];
                total = sum ? total + value : Math.max(total, value);
            }
            out[i] = total;
        }
    }

    private static void elementwise(Expr node, double[][] in, int count, int width, double[] out) {
        Op op = node.op();
        if (!Ops.elementwise(op) && op != Op.BROADCAST) {
            throw unable(node);
        }
        // How far an operand goes on from place to place, and from feature to feature.
        int[] byPlace = new int[in.length];
        int[] byFeature = new int[in.length];
        for (int operand = 0; operand < in.length; operand++) {
            Expr input = node.input(operand);
            boolean features = input.shape().has(Axis.FEATURES);
            byPlace[operand] = varies(input) ? features ? width : 1 : 0;
            byFeature[operand] = features ? 1 : 0;
        }
        switch (in.length) {
            case 1 -> unary(node, in[0], byPlace[0], byFeature[0], count, width, out);
            case 2 -> binary(op, in, byPlace, byFeature, count, width, out);
            default -> {
                for (int i = 0; i < count * width; i++) {
                    int place = i / width;
                    int k = i % width;
                    out[i] = Numbers.ternary(
                            op,
                            in[0][place * byPlace[0] + k * byFeature[0]],
                            in[1][place * byPlace[1] + k * byFeature[1]],
                            in[2][place * byPlace[2] + k * byFeature[2]]);
                }
            }
        }
    }

    private static void unary(Expr node, double[] in, int byPlace, int byFeature, int count, int width, double[] out) {
        Op op = node.op();
        double low = op == Op.CLAMP ? node.attribute("low", Double.class) : 0;
        double high = op == Op.CLAMP ? node.attribute("high", Double.class) : 0;
        for (int place = 0, to = 0; place < count; place++) {
            for (int k = 0, from = place * byPlace; k < width; k++, to++, from += byFeature) {
                double x = in[from];
                out[to] = op == Op.BROADCAST ? x : op == Op.CLAMP ? Numbers.clamp(x, low, high) : Numbers.unary(op, x);
            }
        }
    }

    private static void binary(
            Op op, double[][] in, int[] byPlace, int[] byFeature, int count, int width, double[] out) {
        double[] left = in[0];
        double[] right = in[1];
        for (int place = 0, to = 0; place < count; place++) {
            int a = place * byPlace[0];
            int b = place * byPlace[1];
            for (int k = 0; k < width; k++, to++, a += byFeature[0], b += byFeature[1]) {
                out[to] = Numbers.binary(op, left[a], right[b]);
            }
        }
    }

    /** Number of features; all places have as many, so an axis that not all of them have is refused. */
    private static int width(Expr node) {
        if (node.shape().has(Axis.TIME) != node.shape().has(Axis.BATCH)) {
            throw unable(node);
        }
        for (Axis axis : node.shape().axes()) {
            if (!axis.equals(Axis.TIME) && !axis.equals(Axis.BATCH) && !axis.equals(Axis.FEATURES)) {
                throw unable(node);
            }
        }
        return node.shape().has(Axis.FEATURES) ? node.width() : 1;
    }

    private static IllegalArgumentException unable(Expr node) {
        return new IllegalArgumentException(node + " is no equation for losses and metrics");
    }
}
