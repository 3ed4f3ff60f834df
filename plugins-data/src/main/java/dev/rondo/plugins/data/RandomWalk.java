package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * A random walk from 0: x(t+1) = x(t) + drift + w, w normal, or up or down by the same.
 *
 * <p>The best forecast is the last value and the drift, and its mean squared error the square of {@code std}: who does better on a test
 * has been lucky.
 */
@AutoService(SeriesSource.class)
public final class RandomWalk implements SeriesSource {
    /** Distribution of the steps. */
    enum Steps {
        NORMAL,
        COIN
    }

    private static final Option<Double> DRIFT = Option.real("drift", 0).doc("What every step adds.");
    private static final Option<Double> STD =
            Option.real("std", 1).range(0, 1e6).doc("Standard deviation of the steps.");
    private static final Option<Steps> STEPS =
            Option.choice("steps", Steps.NORMAL).doc("Normal steps, or up and down by std as a coin falls.");
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.1);

    @Override
    public Descriptor describe() {
        return Descriptor.of("random_walk")
                .summary("A random walk, whose best forecast is the last value.")
                .standard("Running sum of independent steps")
                .example("random_walk_steps=coin")
                .options(DRIFT, STD, STEPS, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public boolean wantsScaling() {
        return true;
    }

    @Override
    public Series open(SourceScope s) {
        double drift = s.value(DRIFT);
        double std = s.value(STD);
        boolean coin = s.value(STEPS) == Steps.COIN;
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            double[] x = new double[length];
            for (int t = 1; t < length; t++) {
                x[t] = x[t - 1] + drift + std * step(random, coin);
            }
            return x;
        });
    }

    private static double step(RandomStream random, boolean coin) {
        if (coin) {
            return random.uniform() < 0.5 ? -1 : 1;
        }
        return random.normal();
    }
}
