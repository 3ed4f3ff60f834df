package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.Plane;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Instructions that move values or fill them in: everything that is neither elementwise nor a product nor a loop. */
final class Structure {
    private final Kernels kernels;
    private final Feed feed;
    private final int steps;
    private final int batch;

    Structure(Kernels kernels, Feed feed, int steps, int batch) {
        this.kernels = kernels;
        this.feed = feed;
        this.steps = steps;
        this.batch = batch;
    }

    /**
     * The instruction for {@code node}.
     *
     * @param planes finds the plane of an operand
     * @param histories makes the buffer for the values before the first step that a lag reads
     */
    Instruction instruction(Expr node, Plane out, Function<Expr, Plane> planes, Function<Expr, float[]> histories) {
        return switch (node.op()) {
            case INDEX -> (Rows) (step, row) -> out.array()[out.at(step, row)] = feed.index(step, row);
            case STAMP -> (Rows) (step, row) -> out.array()[out.at(step, row)] = (float) feed.stamp(step, row);
            case FIRST_STEP ->
                (Rows) (step, row) -> out.array()[out.at(step, row)] = feed.index(step, row) == 0 ? 1 : 0;
            case VALID -> (Rows) (step, row) -> out.array()[out.at(step, row)] = feed.valid(step, row) ? 1 : 0;
            case RANDOM -> random(node, out);
            case PHASE -> phase(node, out, planes);
            case SUM, MAX_OVER -> reduction(node, planes.apply(node.input(0)), out);
            case CONCAT -> concat(node, out, planes);
            case SLICE ->
                Rows.copy(planes.apply(node.input(0)), node.attribute("from", Integer.class), out, 0, node.width());
            case LAG -> lag(node, planes.apply(node.input(0)), out, histories.apply(node));
            case REVERSE -> reverse(planes.apply(node.input(0)), out);
            case LAST -> last(planes.apply(node.input(0)), out);
            case GATHER -> gather(planes.apply(node.input(0)), planes.apply(node.input(1)), out, rows(node));
            default -> throw new IllegalStateException("the CPU engine has no instruction for " + node);
        };
    }

    private static int rows(Expr gather) {
        return gather.input(0).shape().size(Axis.ROWS);
    }

    private Instruction random(Expr node, Plane out) {
        boolean chunk = node.attribute("per", Draw.Per.class) == Draw.Per.CHUNK;
        return (Rows) (step, row) -> RandomDraws.fill(
                node, feed.key(), chunk ? 0 : feed.index(step, row), row, out.array(), out.at(step, row), out.width());
    }

    private Instruction phase(Expr node, Plane out, Function<Expr, Plane> planes) {
        Op clock = node.input(0).op();
        if (clock != Op.STAMP && clock != Op.INDEX) {
            throw new IllegalStateException("phase reads the time or the index itself, not " + node.input(0));
        }
        Plane shift = planes.apply(node.input(1));
        Plane period = planes.apply(node.input(2));
        int nextShift = shift.width() == 1 ? 0 : 1; // one for all units, or one for each
        int nextPeriod = period.width() == 1 ? 0 : 1;
        return (Rows) (step, row) -> {
            double time = clock == Op.STAMP ? feed.stamp(step, row) : feed.index(step, row);
            int at = out.at(step, row);
            int s = shift.at(step, row);
            int p = period.at(step, row);
            for (int i = 0; i < out.width(); i++) {
                double turns = (time - shift.array()[s + i * nextShift]) / period.array()[p + i * nextPeriod];
                out.array()[at + i] = (float) (turns - Math.floor(turns));
            }
        };
    }

    private Instruction reduction(Expr node, Plane in, Plane out) {
        List<?> axes = node.attribute("axes", List.class);
        boolean sum = node.op() == Op.SUM;
        boolean features = axes.contains(Axis.FEATURES);
        if (axes.contains(Axis.BATCH) || axes.size() > 2) {
            throw new IllegalStateException("the CPU engine does not reduce " + axes + " of " + node.input(0));
        }
        if (axes.contains(Axis.TIME)) {
            return (Rows) (step, row) -> {
                for (int i = 0; i < out.width(); i++) {
                    int to = features ? in.width() : i + 1;
                    out.array()[out.at(step, row) + i] = sum ? sum(in, row, i, to) : largest(in, row, i, to);
                }
            };
        }
        return sum
                ? (firstStep, count, firstRow, rows) -> kernels.sumFeatures(in, out, firstStep, count, firstRow, rows)
                : (firstStep, count, firstRow, rows) -> kernels.maxFeatures(in, out, firstStep, count, firstRow, rows);
    }

    /** Sum over all steps of features {@code from} to {@code to}; past a row's length stand zeros. */
    private float sum(Plane in, int row, int from, int to) {
        double sum = 0;
        for (int t = 0; t < steps; t++) {
            for (int i = from; i < to; i++) {
                sum += in.array()[in.at(t, row) + i];
            }
        }
        return (float) sum;
    }

    /** Largest of features {@code from} to {@code to} over the steps of a row; 0 where there is none. */
    private float largest(Plane in, int row, int from, int to) {
        float largest = feed.length(row) == 0 ? 0 : Float.NEGATIVE_INFINITY;
        for (int t = 0; t < feed.length(row); t++) {
            for (int i = from; i < to; i++) {
                largest = Math.max(largest, in.array()[in.at(t, row) + i]);
            }
        }
        return largest;
    }

    private static Instruction concat(Expr node, Plane out, Function<Expr, Plane> planes) {
        Rows[] parts = new Rows[node.inputs().size()];
        int to = 0;
        for (int i = 0; i < parts.length; i++) {
            int width = node.input(i).width();
            parts[i] = Rows.copy(planes.apply(node.input(i)), 0, out, to, width);
            to += width;
        }
        return (firstStep, count, firstRow, rows) -> {
            for (Rows part : parts) {
                part.run(firstStep, count, firstRow, rows);
            }
        };
    }

    private Instruction lag(Expr node, Plane in, Plane out, float[] history) {
        int late = node.attribute("steps", Integer.class);
        int stride = in.rowStride();
        return (Rows) (step, row) -> {
            int from = step - late;
            int at = out.at(step, row);
            if (from >= 0 && from < steps) {
                System.arraycopy(in.array(), in.at(from, row), out.array(), at, in.width());
            } else if (from < 0 && history.length > 0) {
                System.arraycopy(history, ((from + late) * batch + row) * stride, out.array(), at, in.width());
            } else {
                Arrays.fill(out.array(), at, at + in.width(), 0);
            }
        };
    }

    private Instruction reverse(Plane in, Plane out) {
        return (Rows) (step, row) -> {
            int length = feed.length(row);
            int at = out.at(step, row);
            if (step < length) {
                System.arraycopy(in.array(), in.at(length - 1 - step, row), out.array(), at, in.width());
            } else {
                Arrays.fill(out.array(), at, at + in.width(), 0);
            }
        };
    }

    private Instruction last(Plane in, Plane out) {
        return (Rows) (step, row) -> {
            int length = feed.length(row);
            int at = out.at(step, row);
            if (length > 0) {
                System.arraycopy(in.array(), in.at(length - 1, row), out.array(), at, in.width());
            } else {
                Arrays.fill(out.array(), at, at + in.width(), 0);
            }
        };
    }

    private static Instruction gather(Plane table, Plane index, Plane out, int rows) {
        return (Rows) (step, row) -> {
            int wanted = nearest(index.array()[index.at(step, row)], rows);
            System.arraycopy(table.array(), table.at(0, wanted), out.array(), out.at(step, row), out.width());
        };
    }

    static int nearest(float index, int rows) {
        return Math.max(0, Math.min(rows - 1, Math.round(index)));
    }
}
