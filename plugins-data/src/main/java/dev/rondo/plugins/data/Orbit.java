package dev.rondo.plugins.data;

import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SourceScope;
import java.util.List;
import java.util.Locale;

/** What the sources of differential equations in x, y and z share: the classical Runge-Kutta method, and how it is sampled. */
final class Orbit {
    /** Which of the coordinates make a series. */
    enum Columns {
        ALL,
        X,
        Y,
        Z
    }

    static final Option<Double> STEP =
            Option.real("step", 0.01).range(1e-6, 1).doc("Time from one step of the integration to the next.");
    static final Option<Integer> SKIP = Option.whole("skip", 1000)
            .range(0, 1_000_000)
            .doc("Steps of the integration that are left out while the orbit nears its attractor.");
    static final Option<Columns> COLUMNS =
            Option.choice("columns", Columns.ALL).doc("Which coordinates are read and predicted.");

    private Orbit() {}

    /** Integrates steps so that every so many of them give a value. */
    static Option<Integer> every(int standard) {
        return Option.whole("every", standard).range(1, 100_000).doc("Steps of the integration from value to value.");
    }

    /** Series of orbits that begin within 0.5 of (1, 1, 1). */
    static Series series(SourceScope s, Option<Integer> every, Option<Double> noiseRange, Field field) {
        double step = s.value(STEP);
        int skip = s.value(SKIP);
        int stride = s.value(every);
        Columns wanted = s.value(COLUMNS);
        List<String> names = wanted == Columns.ALL
                ? List.of("x", "y", "z")
                : List.of(wanted.name().toLowerCase(Locale.ROOT));
        return Generated.series(s, names, noiseRange, (random, length) -> {
            double[] point = new double[3];
            for (int i = 0; i < 3; i++) {
                point[i] = 0.5 + random.uniform();
            }
            advance(field, point, step, skip);
            double[][] rows = new double[length][];
            for (int t = 0; t < length; t++) {
                if (t > 0) {
                    advance(field, point, step, stride);
                }
                rows[t] = wanted == Columns.ALL ? point.clone() : new double[] {point[wanted.ordinal() - 1]};
            }
            s.require(
                    Double.isFinite(point[0] + point[1] + point[2]),
                    "values leave every bound with these coefficients and steps of " + step);
            return rows;
        });
    }

    /** Moves {@code point} by so many steps of the classical Runge-Kutta method. */
    static void advance(Field field, double[] point, double step, int count) {
        int size = point.length;
        double[][] slopes = new double[4][size];
        double[] place = new double[size];
        double[] part = {0, 0.5, 0.5, 1};
        for (int n = 0; n < count; n++) {
            for (int stage = 0; stage < 4; stage++) {
                for (int i = 0; i < size; i++) {
                    place[i] = stage == 0 ? point[i] : point[i] + part[stage] * step * slopes[stage - 1][i];
                }
                field.slope(place, slopes[stage]);
            }
            for (int i = 0; i < size; i++) {
                point[i] += step / 6 * (slopes[0][i] + 2 * slopes[1][i] + 2 * slopes[2][i] + slopes[3][i]);
            }
        }
    }

    /** The derivative by time at a point. */
    @FunctionalInterface
    interface Field {
        void slope(double[] point, double[] slope);
    }
}
