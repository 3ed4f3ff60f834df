package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.Arrays;

/**
 * The logistic map, x' = r x (1 − x).
 *
 * <p>Each series begins at a random point of (0, 1); its first hundred values are left out. From 0.5 the map with r = 4 would go to 1
 * and stay at 0.
 */
@AutoService(SeriesSource.class)
public final class LogisticMap implements SeriesSource {
    private static final int SKIPPED = 100;
    private static final Option<Double> R =
            Option.real("r", 4).range(0, 4).doc("Growth; chaotic at 4 and at most values from 3.57 on.");
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.01);

    @Override
    public Descriptor describe() {
        return Descriptor.of("logistic_map")
                .summary("The chaotic logistic map, whose next value is a parabola of the last.")
                .paper("May 1976", "Simple mathematical models with very complicated dynamics")
                .example("logistic_map_r=3.9")
                .options(R, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public Series open(SourceScope s) {
        double r = s.value(R);
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            double[] x = map(0.01 + 0.98 * random.uniform(), SKIPPED + length, r);
            return Arrays.copyOfRange(x, SKIPPED, x.length);
        });
    }

    /** The {@code count} values behind {@code start}. */
    static double[] map(double start, int count, double r) {
        double[] values = new double[count];
        double x = start;
        for (int k = 0; k < count; k++) {
            x = r * x * (1 - x);
            values[k] = x;
        }
        return values;
    }
}
