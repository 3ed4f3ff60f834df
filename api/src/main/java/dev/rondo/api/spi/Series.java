package dev.rondo.api.spi;

import java.util.HashSet;
import java.util.List;

/**
 * One or more series of equal length, of which a model reads some columns and predicts the next value of others.
 *
 * <p>The arrays belong to whoever receives them: a source hands out new ones at each call.
 *
 * @param columns names of the columns, without duplicates
 * @param inputs the columns that a model reads, in its order
 * @param targets the columns whose next value it predicts
 * @param values [series][time][column]
 * @param times time stamps [time] of the steps, the same for every series; empty where steps are evenly spaced
 * @param labels what to call the steps in tables and pictures; empty where they are only counted
 */
@SuppressWarnings("ArrayRecordComponent") // values are never compared
public record Series(
        List<String> columns,
        List<String> inputs,
        List<String> targets,
        float[][][] values,
        double[] times,
        List<String> labels) {

    public Series {
        columns = List.copyOf(columns);
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
        labels = List.copyOf(labels);
        if (new HashSet<>(columns).size() != columns.size()) {
            throw new IllegalArgumentException("a column occurs twice in " + columns);
        }
        if (inputs.isEmpty() || targets.isEmpty() || !columns.containsAll(inputs) || !columns.containsAll(targets)) {
            throw new IllegalArgumentException(
                    "inputs " + inputs + " and targets " + targets + " are not among " + columns);
        }
        if (values.length == 0) {
            throw new IllegalArgumentException("no series");
        }
        int length = values[0].length;
        for (float[][] series : values) {
            if (series.length != length) {
                throw new IllegalArgumentException("series of " + length + " and of " + series.length + " values");
            }
            for (float[] row : series) {
                if (row.length != columns.size()) {
                    throw new IllegalArgumentException(row.length + " values for " + columns.size() + " columns");
                }
            }
        }
        if (times.length != 0 && times.length != length) {
            throw new IllegalArgumentException(times.length + " time stamps for " + length + " values");
        }
        if (!labels.isEmpty() && labels.size() != length) {
            throw new IllegalArgumentException(labels.size() + " labels for " + length + " values");
        }
    }

    /** Series of one column, which is input and target, evenly spaced. */
    public static Series of(String column, float[][] series) {
        float[][][] values = new float[series.length][][];
        for (int i = 0; i < series.length; i++) {
            values[i] = new float[series[i].length][1];
            for (int t = 0; t < series[i].length; t++) {
                values[i][t][0] = series[i][t];
            }
        }
        return new Series(List.of(column), List.of(column), List.of(column), values, new double[0], List.of());
    }

    /** Number of series. */
    public int count() {
        return values.length;
    }

    /** Number of values in each. */
    public int length() {
        return values[0].length;
    }

    /** What to call step {@code t}: its label, else its number. */
    public String label(int t) {
        return labels.isEmpty() ? Integer.toString(t) : labels.get(t);
    }
}
