package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

/** Comparisons of single precision with double precision. */
final class Near {
    private static final double VALUE = 1e-5;
    private static final double GRADIENT = 1e-4;

    private Near() {}

    /** Every value within 1e-5 of the largest. */
    static void values(String what, float[] got, double[] expected) {
        assertThat(got).as("%s: number of values", what).hasSize(expected.length);
        double largest = 0;
        for (double each : expected) {
            largest = Math.max(largest, Math.abs(each));
        }
        for (int i = 0; i < got.length; i++) {
            double gap = Math.abs(got[i] - expected[i]);
            if (!(gap <= VALUE * Math.max(largest, 1e-2))) { // not-a-number fails too
                throw new AssertionError(what + ": value " + i + " is " + got[i] + ", expected " + expected[i]
                        + " (largest " + largest + ")");
            }
        }
    }

    static void values(String what, float[] got, float[] expected) {
        values(what, got, Point.doubles(expected));
    }

    /** Each value within 2e-5 of itself. */
    static void each(String what, float[] points, float[] got, double[] expected) {
        each(what, points, got, expected, 0);
    }

    /** Each value within 2e-5 of itself, {@code cancelling} times as much for every unit that its point is away from zero. */
    static void each(String what, float[] points, float[] got, double[] expected, double cancelling) {
        for (int i = 0; i < got.length; i++) {
            double gap = Math.abs(got[i] - expected[i]);
            double bound = 2 * VALUE * Math.abs(expected[i]) * (1 + cancelling * Math.abs(points[i]));
            if (!(gap <= bound + 2e-6)) { // not-a-number fails too
                throw new AssertionError(what + " at " + points[i] + " is " + got[i] + ", expected " + expected[i]);
            }
        }
    }

    /** The distance within 1e-4 of the length, with some slack where this gradient is a small part of the whole. */
    static void gradient(String what, float[] got, double[] expected, double whole) {
        double distance = 0;
        double length = 0;
        for (int i = 0; i < got.length; i++) {
            distance += (got[i] - expected[i]) * (got[i] - expected[i]);
            length += expected[i] * expected[i];
        }
        if (!(Math.sqrt(distance) <= GRADIENT * Math.sqrt(length) + 1e-6 * whole + 1e-9)) {
            throw new AssertionError(what + ": the gradient is off by " + Math.sqrt(distance) + ", its length is "
                    + Math.sqrt(length) + ": got " + java.util.Arrays.toString(got) + ", expected "
                    + java.util.Arrays.toString(expected));
        }
    }

    static double norm(double[][] values) {
        double sum = 0;
        for (double[] row : values) {
            for (double each : row) {
                sum += each * each;
            }
        }
        return Math.sqrt(sum);
    }
}
