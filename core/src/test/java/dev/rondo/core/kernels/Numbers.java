package dev.rondo.core.kernels;

import java.util.Random;

/** Seeded inputs and double-precision references. */
final class Numbers {
    /** Sizes around the widths of vectors and panels. */
    static final int[] SIZES = {
        1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 50, 63, 64, 65, 79, 80, 100, 129, 200, 257
    };

    private Numbers() {}

    static float[] uniform(long seed, int n, float low, float high) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = low + (high - low) * random.nextFloat();
        }
        return values;
    }

    /** The error function by its Maclaurin series, and beyond 3 by the continued fraction of its complement. */
    static double erf(double x) {
        double z = Math.abs(x);
        if (!(z < 6)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double square = x * x;
        if (z < 3) {
            double term = x;
            double sum = x;
            for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
                term *= 2 * square / (2 * n + 1);
                sum += term;
            }
            return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-square) * sum;
        }
        double fraction = z;
        for (int n = 60; n >= 1; n--) {
            fraction = z + n / 2.0 / fraction;
        }
        return Math.signum(x) * (1 - StrictMath.exp(-square) / Math.sqrt(Math.PI) / fraction);
    }
}
