package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * Brownian motion with a leak, which makes it an autoregression of order 1.
 *
 * <p>x(i) = w(i) + (1 − leak) x(i−1), x(0) = start, w normal with deviation std, or uniform over a width of std.
 */
@AutoService(SeriesSource.class)
public final class Brownian implements SeriesSource {
    /** Distribution of the steps. */
    enum Steps {
        NORMAL,
        UNIFORM
    }

    private static final Option<Double> LEAK =
            Option.real("leak", 0.1).range(0, 1).doc("What is lost of the value in each step; 0 is a pure walk.");
    private static final Option<Double> STD =
            Option.real("std", 0.1).range(0, 1e6).doc("Deviation of normal steps, total width of uniform ones.");
    private static final Option<Double> START = Option.real("start", 0).doc("The first value.");
    private static final Option<Steps> STEPS =
            Option.choice("steps", Steps.NORMAL).doc("Distribution of the steps.");
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.01);

    @Override
    public Descriptor describe() {
        return Descriptor.of("brownian")
                .summary("Brownian motion with a leak: an autoregression of order 1.")
                .standard("Running sum of white noise")
                .example("brownian_leak=0")
                .options(LEAK, STD, START, STEPS, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public Series open(SourceScope s) {
        double kept = 1 - s.value(LEAK);
        double std = s.value(STD);
        double start = s.value(START);
        boolean normal = s.value(STEPS) == Steps.NORMAL;
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            double[] x = new double[length];
            x[0] = start;
            for (int i = 1; i < length; i++) {
                x[i] = std * white(random, normal) + kept * x[i - 1];
            }
            return x;
        });
    }

    private static double white(RandomStream random, boolean normal) {
        return normal ? random.normal() : random.uniform() - 0.5;
    }
}
