package dev.rondo.plugins.data;

import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SourceScope;

/** What all generators share: independent series of one column, with uniform noise on request. */
final class Generated {
    static final Option<Boolean> NOISE =
            Option.flag("noise", false).doc("Adds uniform noise to every value, and so to input and target.");

    private Generated() {}

    /** How far noise reaches on both sides. */
    static Option<Double> noiseRange(double standard) {
        return Option.real("noise-range", standard).range(0, 1e6).doc("Noise reaches from minus this to plus this.");
    }

    /** As many series as asked for, each from its own random numbers. */
    static Series series(SourceScope s, String column, Option<Double> noiseRange, Maker maker) {
        float[][] all = new float[s.series()][s.length()];
        boolean noisy = s.value(NOISE);
        double range = s.value(noiseRange);
        for (int i = 0; i < all.length; i++) {
            RandomStream random = s.random(i);
            double[] values = maker.make(random, s.length());
            for (int t = 0; t < values.length; t++) {
                double noise = noisy ? range * (2 * random.uniform() - 1) : 0;
                all[i][t] = (float) (values[t] + noise);
            }
        }
        return Series.of(column, all);
    }

    /** Makes one series. */
    @FunctionalInterface
    interface Maker {
        double[] make(RandomStream random, int length);
    }
}
