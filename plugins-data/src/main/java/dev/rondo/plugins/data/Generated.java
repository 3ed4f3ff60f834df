package dev.rondo.plugins.data;

import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SourceScope;
import java.util.List;
import java.util.stream.Stream;

/** What generators share: independent series, each from its own random numbers, with uniform noise on request. */
final class Generated {
    static final Option<Boolean> NOISE =
            Option.flag("noise", false).doc("Adds uniform noise to every value, and so to input and target.");

    private Generated() {}

    /** How far noise reaches on both sides. */
    static Option<Double> noiseRange(double standard) {
        return Option.real("noise-range", standard).range(0, 1e6).doc("Noise reaches from minus this to plus this.");
    }

    /** As many series of one column as asked for. */
    static Series series(SourceScope s, String column, Option<Double> noiseRange, Maker maker) {
        return series(s, List.of(column), noiseRange, (random, length) -> {
            double[] values = maker.make(random, length);
            double[][] rows = new double[length][1];
            for (int t = 0; t < length; t++) {
                rows[t][0] = values[t];
            }
            return rows;
        });
    }

    /** As many series of some columns as asked for; all are inputs and targets. */
    static Series series(SourceScope s, List<String> columns, Option<Double> noiseRange, RowMaker maker) {
        float[][][] all = new float[s.series()][][];
        boolean noisy = s.value(NOISE);
        double range = s.value(noiseRange);
        for (int i = 0; i < all.length; i++) {
            RandomStream random = s.random(i);
            double[][] rows = maker.make(random, s.length());
            all[i] = new float[rows.length][columns.size()];
            for (int t = 0; t < rows.length; t++) {
                for (int column = 0; column < columns.size(); column++) {
                    double noise = noisy ? range * (2 * random.uniform() - 1) : 0;
                    all[i][t][column] = (float) (rows[t][column] + noise);
                }
            }
        }
        return new Series(columns, columns, columns, all, new double[0], List.of());
    }

    /**
     * Independent tasks one after the other, each with its targets at the same step.
     *
     * @param steps of each; there are as many as the length holds
     * @param inputs names of the columns that a task fills first
     * @param target name of the column behind them
     * @param task fills one task, and says which of its steps count
     */
    static Series episodes(SourceScope s, int steps, List<String> inputs, String target, Task task) {
        int count = (s.length() - 1) / steps;
        s.require(
                count >= 1,
                "each task takes " + steps + " steps, so series of " + (s.length() - 1) + " steps hold none");
        List<String> columns = Stream.concat(inputs.stream(), Stream.of(target)).toList();
        float[][][] values = new float[s.series()][count * steps][columns.size()];
        boolean[][] scored = new boolean[s.series()][count * steps];
        for (int i = 0; i < values.length; i++) {
            RandomStream random = s.random(i);
            for (int first = 0; first < count * steps; first += steps) {
                float[][] rows = new float[steps][columns.size()];
                boolean[] counts = new boolean[steps];
                task.fill(random, rows, counts);
                System.arraycopy(rows, 0, values[i], first, steps);
                System.arraycopy(counts, 0, scored[i], first, steps);
            }
        }
        return new Series(columns, inputs, List.of(target), values, new double[0], List.of())
                .atTheSameStep()
                .inEpisodes(steps)
                .scoredAt(scored);
    }

    /** A whole number from 0 up to {@code bound}, which is left out. */
    static int below(RandomStream random, int bound) {
        return (int) (random.uniform() * bound);
    }

    /** Makes one series. */
    @FunctionalInterface
    interface Maker {
        double[] make(RandomStream random, int length);
    }

    /** Makes one series of several columns, [time][column]. */
    @FunctionalInterface
    interface RowMaker {
        double[][] make(RandomStream random, int length);
    }

    /** Makes one task. */
    @FunctionalInterface
    interface Task {
        void fill(RandomStream random, float[][] rows, boolean[] counts);
    }
}
