package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.graph.Lowered;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.Plane;
import dev.rondo.core.trace.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gradients by the parameters: sums over all steps and rows, and what equations make of these sums.
 *
 * <p>Threads share the elements of a sum, never its terms, so the order of summation does not depend on their number.
 */
final class Reductions {
    /** One sum; {@code target} is written for the share {@code part} of {@code parts}. */
    private interface Sum {
        void run(float[] target, int part, int parts);
    }

    private final Kernels kernels;
    private final WeightDraws draws;
    private final List<@Nullable Expr> gradients;
    private final List<Parameter> parameters;
    private final List<Expr> sums = new ArrayList<>();
    private final List<Sum> compiled = new ArrayList<>();
    private final List<float[]> buffers = new ArrayList<>();
    private final int[] direct;
    private final int[] derived;
    private @Nullable ArrayProgram program;

    Reductions(Kernels kernels, List<@Nullable Expr> gradients, List<Parameter> parameters, WeightDraws draws) {
        this.kernels = kernels;
        this.draws = draws;
        this.gradients = gradients;
        this.parameters = parameters;
        direct = new int[gradients.size()];
        derived = new int[gradients.size()];
        Set<Expr> fromRows = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> roots = new ArrayList<>();
        for (Expr gradient : gradients) {
            if (gradient != null) {
                roots.add(gradient);
            }
        }
        for (Expr node : Lowered.ordered(roots)) {
            boolean rows = node.shape().has(Axis.BATCH) || node.op() == Op.SCAN;
            boolean below = Lowered.operands(node).stream().anyMatch(fromRows::contains);
            if (rows || below) {
                fromRows.add(node);
            }
            boolean summed = !rows
                    && node.inputs().stream().anyMatch(input -> input.shape().has(Axis.BATCH));
            if (summed) {
                sums.add(node);
            }
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

    void compile(Function<Expr, Plane> planes, int steps, int batch) {
        for (Expr sum : sums) {
            compiled.add(sum(sum, planes, steps, batch));
            buffers.add(new float[sum.shape().length()]);
        }
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            Expr gradient = gradients.get(i);
            direct[i] = gradient == null ? -1 : indexOf(gradient);
            derived[i] = -1;
            if (gradient != null && direct[i] < 0) {
                derived[i] = outputs.size();
                outputs.add(gradient);
            }
        }
        if (!outputs.isEmpty()) {
            Set<Expr> given = Collections.newSetFromMap(new IdentityHashMap<>());
            given.addAll(sums);
            ArrayProgram made = ArrayProgram.compile(kernels, outputs, given);
            for (int i = 0; i < sums.size(); i++) {
                made.bind(sums.get(i), buffers.get(i));
            }
            draws.bind(made);
            program = made;
        }
    }

    private int indexOf(Expr node) {
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i) == node) {
                return i;
            }
        }
        return -1;
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
                terms.size() == 2
                        ? total(
                                node,
                                a.width(),
                                (target, from, count) ->
                                        kernels.dotRows(a, b, target, 0, false, 0, depth, 0, batch, from, count))
                        : total(
                                node,
                                a.width(),
                                (target, from, count) ->
                                        kernels.sumRows(a, target, 0, false, 0, depth, 0, batch, from, count));
            case SCATTER -> (target, part, parts) -> scatter(node, a, b, target, depth, batch, part, parts);
            default -> throw new IllegalStateException("the CPU engine does not sum " + node);
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
        java.util.Arrays.fill(target, first * d.width(), end * d.width(), 0);
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

    /** Computes the share {@code part} of {@code parts} of all sums. */
    void run(float[][] targets, int part, int parts) {
        for (int i = 0; i < compiled.size(); i++) {
            compiled.get(i).run(target(i, targets), part, parts);
        }
    }

    private float[] target(int sum, float[][] targets) {
        for (int i = 0; i < direct.length; i++) {
            if (direct[i] == sum && program == null) {
                return targets[i];
            }
        }
        return buffers.get(sum);
    }

    /** Completes the gradients when all shares are done. */
    void finish(float[][] values, float[][] targets) {
        ArrayProgram made = program;
        if (made != null) {
            for (int i = 0; i < parameters.size(); i++) {
                made.bind(parameters.get(i).leaf(), values[i]);
            }
            made.run();
        }
        for (int i = 0; i < targets.length; i++) {
            if (direct[i] >= 0) {
                float[] sum = target(direct[i], targets); // parameters that do the same have one sum
                if (sum != targets[i]) {
                    System.arraycopy(sum, 0, targets[i], 0, targets[i].length);
                }
            } else if (derived[i] >= 0 && made != null) {
                made.copy(derived[i], targets[i]);
            } else {
                java.util.Arrays.fill(targets[i], 0);
            }
        }
    }
}
