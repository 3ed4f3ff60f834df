package dev.rondo.core.kernels;

import java.util.Random;

/** Sizes and seeded inputs. */
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
}
