package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sums over all rows, which end the stages of a program.
 *
 * <p>Threads share the elements of a sum, never its terms, so the order of summation does not depend on their number.
 */
final class Reductions {
    /** One sum; {@code target} is written for the share {@code part} of {@code parts}. */
    private interface Sum {
        void run(float[] target, int part, int parts);
    }

    private final Kernels kernels;
    private final List<Expr> sums;
    private final List<Sum> compiled = new ArrayList<>();
    private final float[][] own;
    /** For each sum the stage after which it runs. */
    private final int[] behind;

    /** Sums in the order in which they are computed. */
    Reductions(Kernels kernels, Stages stages, List<Expr> sums) {
        this.kernels = kernels;
        this.sums = List.copyOf(sums);
        own = new float[sums.size()][];
        behind = new int[sums.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = new float[sums.get(i).shape().length()];
            behind[i] = stages.of(sums.get(i)) - 1;
        }
    }

    /** Values with rows that the sums read. */
    List<Expr> reads() {
        List<Expr> all = new ArrayList<>();
        for (Expr sum : sums) {
            for (Expr input : terms(sum)) {
                if (input.shape().has(Axis.BATCH) && !all.contains(input)) {
                    all.add(input);
                }
            }
        }
        return all;
    }

    /** The factors that are summed: of a sum of products, those of the product. */
    private static List<Expr> terms(Expr sum) {
        Expr first = sum.input(0);
        boolean dot = sum.op() == Op.SUM
                && first.op() == Op.MULTIPLY
                && first.input(0).shape().equals(first.shape())
                && first.input(1).shape().equals(first.shape());
        return dot ? first.inputs() : sum.inputs();
    }

    int count() {
        return own.length;
    }

    /** The place of {@code node} among the sums, negative if it is none. */
    int indexOf(@Nullable Expr node) {
        return node == null ? -1 : sums.indexOf(node); // nodes are equal if they are the same
    }

    /** What a sum came to, unless the run put it elsewhere. */
    float[] value(int i) {
        return own[i];
    }

    /** All sums with the arrays that hold them. */
    Map<Expr, float[]> values() {
        Map<Expr, float[]> values = new IdentityHashMap<>();
        for (int i = 0; i < own.length; i++) {
            values.put(sums.get(i), own[i]);
        }
        return values;
    }

    /** Whether there are sums over the rows of {@code stage}. */
    boolean follow(int stage) {
        return Arrays.stream(behind).anyMatch(each -> each == stage);
    }

    void compile(Function<Expr, Plane> planes, int steps, int batch) {
        for (Expr sum : sums) {
            compiled.add(sum(sum, planes, steps, batch));
        }
    }

    private Sum sum(Expr node, Function<Expr, Plane> planes, int steps, int batch) {
        List<Expr> terms = terms(node);
        Plane a = planes.apply(terms.get(0));
        Plane b = planes.apply(terms.get(terms.size() - 1));
        int depth = terms.stream().anyMatch(term -> term.shape().has(Axis.TIME)) ? steps : 1;
        return switch (node.op()) {
            case OUTER ->
                (target, part, parts) -> {
                    int from = a.width() * part / parts;
                    int to = a.width() * (part + 1) / parts;
                    kernels.gradient(a, b, target, 0, b.width(), false, 0, depth, 0, batch, from, to - from);
                };
            case SUM ->
                !terms.get(0).shape().has(Axis.FEATURES)
                        ? plain(a, terms.size() == 2 ? b : null, depth, batch)
                        : terms.size() == 2
                                ? total(
                                        node,
                                        a.width(),
                                        (target, from, count) -> kernels.dotRows(
                                                a, b, target, 0, false, 0, depth, 0, batch, from, count))
                                : total(
                                        node,
                                        a.width(),
                                        (target, from, count) ->
                                                kernels.sumRows(a, target, 0, false, 0, depth, 0, batch, from, count));
            case SCATTER -> (target, part, parts) -> scatter(node, a, b, target, depth, batch, part, parts);
            default -> throw new IllegalStateException("the CPU engine does not sum " + node);
        };
    }

    /** The sum of what has one value for each row, times another if there is one. */
    private static Sum plain(Plane a, @Nullable Plane factor, int steps, int batch) {
        return (target, part, parts) -> {
            if (part == 0) {
                double sum = 0;
                for (int t = 0; t < steps; t++) {
                    for (int row = 0; row < batch; row++) {
                        float value = a.array()[a.at(t, row)];
                        sum += factor == null ? value : (double) value * factor.array()[factor.at(t, row)];
                    }
                }
                target[0] = (float) sum;
            }
        };
    }

    private interface Columns {
        void run(float[] target, int from, int count);
    }

    /** Column sums, which are added up where the features are summed too. */
    private static Sum total(Expr node, int width, Columns columns) {
        if (node.shape().has(Axis.FEATURES)) {
            return (target, part, parts) -> {
                int from = Math.min(width, share(width, part, parts));
                columns.run(target, from, Math.min(width, share(width, part + 1, parts)) - from);
            };
        }
        float[] each = new float[width];
        return (target, part, parts) -> {
            if (part == 0) {
                columns.run(each, 0, width);
                double total = 0;
                for (float one : each) {
                    total += one;
                }
                target[0] = (float) total;
            }
        };
    }

    /** Where the share of a thread begins: at whole vectors. */
    private static int share(int width, int part, int parts) {
        return Plane.padded(width) / Plane.PADDING * part / parts * Plane.PADDING;
    }

    private static void scatter(
            Expr node, Plane index, Plane d, float[] target, int steps, int batch, int part, int parts) {
        int rows = node.shape().size(Axis.ROWS);
        int first = rows * part / parts;
        int end = rows * (part + 1) / parts;
        Arrays.fill(target, first * d.width(), end * d.width(), 0);
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < batch; b++) {
                int row = Structure.nearest(index.array()[index.at(t, b)], rows);
                if (row >= first && row < end) {
                    int from = d.at(t, b);
                    for (int n = 0; n < d.width(); n++) {
                        target[row * d.width() + n] += d.array()[from + n];
                    }
                }
            }
        }
    }

    /**
     * Computes the share {@code part} of {@code parts} of the sums over the rows of {@code stage}.
     *
     * @param elsewhere for each sum the array that it goes to; absent for its own
     */
    void run(int stage, float[] @Nullable [] elsewhere, int part, int parts) {
        for (int i = 0; i < compiled.size(); i++) {
            if (behind[i] == stage) {
                float[] target = elsewhere[i];
                compiled.get(i).run(target == null ? own[i] : target, part, parts);
            }
        }
    }
}
