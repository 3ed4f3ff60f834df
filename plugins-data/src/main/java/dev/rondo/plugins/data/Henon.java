package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.Arrays;

/**
 * The Hénon map; the series is its x.
 *
 * <pre>
 * x' = 1 − a x² + y
 * y' = b x
 * </pre>
 *
 * <p>Each series begins at a random point within 0.1 of (0, 0); its first hundred values are left out.
 */
@AutoService(SeriesSource.class)
public final class Henon implements SeriesSource {
    private static final int SKIPPED = 100;
    private static final Option<Double> A = Option.real("a", 1.4).doc("How strongly x is folded.");
    private static final Option<Double> B = Option.real("b", 0.3).doc("How much of the x before is kept.");
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.01);

    @Override
    public Descriptor describe() {
        return Descriptor.of("henon")
                .summary("The chaotic Hénon map, whose next value follows from the last two.")
                .paper("Hénon 1976", "A Two-dimensional Mapping with a Strange Attractor")
                .example("henon_a=1.2")
                .options(A, B, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public Series open(SourceScope s) {
        double a = s.value(A);
        double b = s.value(B);
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            double[] start = {0.2 * random.uniform() - 0.1, 0.2 * random.uniform() - 0.1};
            double[] x = map(start, SKIPPED + length, a, b);
            s.require(Double.isFinite(x[x.length - 1]), "values leave every bound with a = " + a + " and b = " + b);
            return Arrays.copyOfRange(x, SKIPPED, x.length);
        });
    }

    /** The {@code count} values of x behind {@code start}. */
    static double[] map(double[] start, int count, double a, double b) {
        double[] values = new double[count];
        double x = start[0];
        double y = start[1];
        for (int k = 0; k < count; k++) {
            double next = 1 - a * x * x + y;
            y = b * x;
            x = next;
            values[k] = x;
        }
        return values;
    }
}
