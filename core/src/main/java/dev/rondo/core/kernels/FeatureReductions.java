package dev.rondo.core.kernels;

import java.util.Arrays;

/**
 * Reductions over the features of each row, the same for all kernels.
 *
 * <p>Four partial results run side by side and are joined at the end. The horizontal sum of a vector is no
 * choice: its order is open, and differs between interpreted and compiled code.
 */
final class FeatureReductions {
    private FeatureReductions() {}

    static void sum(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows) {
        for (int step = firstStep; step < firstStep + steps; step++) {
            for (int row = firstRow; row < firstRow + rows; row++) {
                out.array()[out.at(step, row)] = sum(in.array(), in.at(step, row), in.width());
            }
        }
    }

    static void max(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows) {
        for (int step = firstStep; step < firstStep + steps; step++) {
            for (int row = firstRow; row < firstRow + rows; row++) {
                out.array()[out.at(step, row)] = max(in.array(), in.at(step, row), in.width());
            }
        }
    }

    static void expand(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows) {
        for (int step = firstStep; step < firstStep + steps; step++) {
            for (int row = firstRow; row < firstRow + rows; row++) {
                int o = out.at(step, row);
                Arrays.fill(out.array(), o, o + out.padded(), in.array()[in.at(step, row)]);
            }
        }
    }

    private static float sum(float[] x, int at, int n) {
        float s0 = 0f;
        float s1 = 0f;
        float s2 = 0f;
        float s3 = 0f;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            s0 += x[at + i];
            s1 += x[at + i + 1];
            s2 += x[at + i + 2];
            s3 += x[at + i + 3];
        }
        for (; i < n; i++) {
            s0 += x[at + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static float max(float[] x, int at, int n) {
        float m0 = Float.NEGATIVE_INFINITY;
        float m1 = m0;
        float m2 = m0;
        float m3 = m0;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            m0 = Math.max(m0, x[at + i]);
            m1 = Math.max(m1, x[at + i + 1]);
            m2 = Math.max(m2, x[at + i + 2]);
            m3 = Math.max(m3, x[at + i + 3]);
        }
        for (; i < n; i++) {
            m0 = Math.max(m0, x[at + i]);
        }
        return Math.max(Math.max(m0, m1), Math.max(m2, m3));
    }
}
