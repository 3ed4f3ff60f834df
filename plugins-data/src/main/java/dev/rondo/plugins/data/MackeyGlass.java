package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * The discrete Mackey-Glass map, a chaotic series with a delay.
 *
 * <p>x(k+1) = c x(k) + a x(k−d) / (b + x(k−d)^e), x = 0 before the start, x(0) random in [0.25, 0.75) for each series; the values are
 * x − 1. The first hundred or so are the way from there to the attractor.
 */
@AutoService(SeriesSource.class)
public final class MackeyGlass implements SeriesSource {
    private static final Option<Integer> DELAY =
            Option.whole("delay", 23).range(1, 10_000).doc("The delay d, in steps.");
    private static final Option<Double> A = Option.real("a", 0.2).doc("Strength of the feedback.");
    private static final Option<Double> B =
            Option.real("b", 0.8).range(1e-6, 1e6).doc("Where the feedback saturates.");
    private static final Option<Double> C =
            Option.real("c", 0.9).range(0, 1).doc("What is kept of the value from one step to the next.");
    private static final Option<Double> EXPONENT =
            Option.real("exponent", 10).range(1, 100).doc("The exponent e: how sharply the feedback saturates.");
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.01);

    @Override
    public Descriptor describe() {
        return Descriptor.of("mackey_glass")
                .summary("A chaotic series with a delay of 23 steps, from a random start.")
                .paper("Mackey and Glass 1977", "Oscillation and chaos in physiological control systems")
                .example("mackey_glass_delay=17")
                .options(DELAY, A, B, C, EXPONENT, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public Series open(SourceScope s) {
        int delay = s.value(DELAY);
        double a = s.value(A);
        double b = s.value(B);
        double c = s.value(C);
        double exponent = s.value(EXPONENT);
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            double[] values = map(0.25 + 0.5 * random.uniform(), length, delay, a, b, c, exponent);
            for (int k = 0; k < length; k++) {
                values[k] -= 1;
            }
            return values;
        });
    }

    /** The first {@code length} values of x. */
    static double[] map(double start, int length, int delay, double a, double b, double c, double exponent) {
        double[] x = new double[length];
        x[0] = start;
        for (int k = 0; k + 1 < length; k++) {
            double delayed = k < delay ? 0 : x[k - delay];
            x[k + 1] = c * x[k] + a * delayed / (b + StrictMath.pow(delayed, exponent));
        }
        return x;
    }
}
