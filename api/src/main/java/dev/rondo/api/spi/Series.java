package dev.rondo.api.spi;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One or more series of equal length, of which a model reads some columns and predicts others.
 *
 * <p>At step t a model has read the inputs of the values 0 to t and predicts the targets of value t + {@code ahead}.
 *
 * <p>The arrays belong to whoever receives them: a source hands out new ones at each call.
 *
 * @param columns names of the columns, without duplicates
 * @param inputs the columns that a model reads, in its order
 * @param targets the columns that it predicts
 * @param values [series][time][column]
 * @param times time stamps [time] of the steps, the same for every series; empty where steps are evenly spaced
 * @param labels what to call the steps in tables and pictures; empty where they are only counted
 * @param classes names of the classes, for each column whose values are numbers of classes, counted from 0; other columns hold
 *     numbers
 * @param ahead 1 where the next value of the targets is predicted, 0 where the target belongs to what was just read
 * @param episode how many steps belong together: before each episode a model's state begins anew; 0 where a series is one whole
 * @param scored [series][step] whether a prediction counts; empty where all do
 */
@SuppressWarnings("ArrayRecordComponent") // values are never compared
public record Series(
        List<String> columns,
        List<String> inputs,
        List<String> targets,
        float[][][] values,
        double[] times,
        List<String> labels,
        Map<String, List<String>> classes,
        int ahead,
        int episode,
        boolean[][] scored) {

    public Series {
        columns = List.copyOf(columns);
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
        labels = List.copyOf(labels);
        classes = Map.copyOf(classes);
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
        requireClasses(columns, classes, values);
        requireSteps(length, ahead, episode, values.length, scored);
    }

    private static void requireClasses(List<String> columns, Map<String, List<String>> classes, float[][][] values) {
        classes.forEach((column, names) -> {
            int at = columns.indexOf(column);
            if (at < 0 || names.size() < 2 || new HashSet<>(names).size() != names.size()) {
                throw new IllegalArgumentException("column '" + column + "' of " + columns + " with classes " + names);
            }
            for (float[][] series : values) {
                for (float[] row : series) {
                    if (!(row[at] >= 0 && row[at] < names.size() && row[at] == Math.rint(row[at]))) {
                        throw new IllegalArgumentException(
                                row[at] + " is the number of none of the " + names.size() + " classes of " + column);
                    }
                }
            }
        });
    }

    private static void requireSteps(int length, int ahead, int episode, int count, boolean[][] scored) {
        if (ahead < 0 || ahead > 1 || episode < 0 || episode > 0 && ahead > 0) {
            throw new IllegalArgumentException("ahead " + ahead + " in episodes of " + episode
                    + ": 1 or 0, and 0 in episodes, whose last step has no next value");
        }
        if (episode > 0 && length % episode != 0) {
            throw new IllegalArgumentException(length + " values in episodes of " + episode);
        }
        if (scored.length != 0 && scored.length != count) {
            throw new IllegalArgumentException("what counts is said of " + scored.length + " series of " + count);
        }
        for (boolean[] each : scored) {
            if (each.length != length - ahead) {
                throw new IllegalArgumentException(
                        "what counts is said of " + each.length + " steps of " + (length - ahead));
            }
        }
    }

    /** Series of numbers whose next value is predicted, each one whole. */
    public Series(
            List<String> columns,
            List<String> inputs,
            List<String> targets,
            float[][][] values,
            double[] times,
            List<String> labels) {
        this(columns, inputs, targets, values, times, labels, Map.of(), 1, 0, new boolean[0][]);
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

    /** The same with these names for the numbers in {@code column}. */
    public Series withClasses(String column, List<String> names) {
        Map<String, List<String>> all = new LinkedHashMap<>(classes);
        all.put(column, List.copyOf(names));
        return new Series(columns, inputs, targets, values, times, labels, all, ahead, episode, scored);
    }

    /** The same, the targets belonging to the step at which they are predicted. */
    public Series atTheSameStep() {
        return new Series(columns, inputs, targets, values, times, labels, classes, 0, episode, scored);
    }

    /** The same in episodes of so many steps. */
    public Series inEpisodes(int steps) {
        return new Series(columns, inputs, targets, values, times, labels, classes, ahead, steps, scored);
    }

    /** The same, where only these steps [series][step] count. */
    public Series scoredAt(boolean[][] steps) {
        return new Series(columns, inputs, targets, values, times, labels, classes, ahead, episode, steps);
    }

    /** Number of series. */
    public int count() {
        return values.length;
    }

    /** Number of values in each. */
    public int length() {
        return values[0].length;
    }

    /** Number of predictions in each. */
    public int steps() {
        return length() - ahead;
    }

    /** Whether the prediction at step {@code t} of series {@code i} counts. */
    public boolean counts(int i, int t) {
        return scored.length == 0 || scored[i][t];
    }

    /** Number of classes of {@code column}, 0 if it holds numbers. */
    public int classCount(String column) {
        List<String> names = classes.get(column);
        return names == null ? 0 : names.size();
    }

    /** What to call step {@code t}: its label, else its number. */
    public String label(int t) {
        return labels.isEmpty() ? Integer.toString(t) : labels.get(t);
    }
}
