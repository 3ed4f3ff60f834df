package dev.rondo.core.train;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Normalization.Scale;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Loop;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the inputs that a model takes for numbers, as of rows of a table, against the data.
 *
 * <p>A look-up takes any value for the nearest number, or for none, so that nothing else would say what is wrong.
 */
public final class LookUps {
    private final TracedModel model;
    private final Dataset data;
    /** What the input of each step stands for. */
    private final Map<Expr, Expr> sequences = new IdentityHashMap<>();

    private LookUps(TracedModel model, Dataset data) {
        this.model = model;
        this.data = data;
    }

    /**
     * Checks every column of {@code data} that {@code model} looks up.
     *
     * @throws UsageException if one is scaled
     * @throws DataException if one holds anything but the numbers that are looked up
     */
    public static void require(TracedModel model, Dataset data) {
        LookUps lookUps = new LookUps(model, data);
        for (TracedLayer layer : model.layers()) {
            lookUps.check(layer, Graphs.between(List.of(layer.output()), Set.of(layer.input())));
        }
    }

    private void check(TracedLayer layer, Collection<Expr> nodes) {
        for (Expr node : nodes) {
            if (node.op() == Op.SCAN) {
                Loop loop = Graphs.body(node);
                sequences.put(loop.input(), node.input(0));
                check(layer, Graphs.ordered(loop.roots()));
            } else if (node.op() == Op.GATHER) {
                check(layer, node.input(1), node.input(0).shape().size(Axis.ROWS));
            } else if (isOneHot(node)) {
                Expr difference = node.input(0).input(0);
                check(layer, difference.input(0).input(0), node.width());
            }
        }
    }

    /** Whether a node is what {@link dev.rondo.api.expr.Fn#oneHot} makes. */
    private static boolean isOneHot(Expr node) {
        if (node.op() != Op.LESS
                || node.input(0).op() != Op.ABS
                || node.input(0).input(0).op() != Op.SUBTRACT) {
            return false;
        }
        Expr difference = node.input(0).input(0);
        return difference.input(0).op() == Op.SUM && difference.input(1).op() == Op.POSITION;
    }

    private void check(TracedLayer layer, Expr index, int size) {
        int column = column(index);
        if (column < 0) {
            return; // the model's own numbers
        }
        String name = data.series().inputs().get(column);
        if (data.series().classCount(name) > 0) {
            return; // numbers of classes by their nature
        }
        Scale scale = data.normalization().scale(name);
        if (scale.mean() != 0 || scale.deviation() != 1) {
            throw new UsageException(layer.path() + " looks up the numbers in column '" + name
                    + "', but the column is scaled: --scaling none leaves its values as they are");
        }
        checkValues(layer, name, size);
    }

    private void checkValues(TracedLayer layer, String name, int size) {
        Series series = data.series();
        int column = series.columns().indexOf(name);
        for (int i = 0; i < series.count(); i++) {
            for (int t = 0; t < series.length(); t++) {
                float value = series.values()[i][t][column];
                if (!(value >= 0 && value < size && value == Math.rint(value))) {
                    throw new DataException("column '" + name + "' has "
                            + Float.toString(value).replaceFirst("\\.0$", "") + " in row " + (t + 1)
                            + (series.labels().isEmpty() ? "" : " (" + series.label(t) + ")")
                            + (series.count() > 1 ? " of series " + (i + 1) : "") + ", but " + layer.path()
                            + " looks up whole numbers from 0 to " + (size - 1));
                }
            }
        }
    }

    /** Which input of the model a node hands on; −1 if it computes something. */
    private int column(Expr node) {
        Expr at = node;
        int column = 0;
        while (at != model.input()) {
            switch (at.op()) {
                case SLICE -> {
                    column += at.attribute("from", Integer.class);
                    at = at.input(0);
                }
                case LAG, REVERSE -> at = at.input(0);
                default -> {
                    Expr sequence = sequences.get(at);
                    if (sequence == null) {
                        return -1;
                    }
                    at = sequence;
                }
            }
        }
        return column;
    }
}
