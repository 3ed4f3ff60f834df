package dev.rondo.verification.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** What a cell's formula makes of an input, written out unit by unit in plain arithmetic; it keeps its states itself. */
@FunctionalInterface
interface Formula {
    /** Units of the cells under test. */
    int H = 2;

    /** Features of {@link #X}. */
    int D = 3;

    /** Five steps of input. */
    double[][] X = {{0.5, -1.25, 0.75}, {1.5, 0.25, -0.5}, {-0.75, 1, 0.375}, {0.125, -0.625, -1.5}, {2, 0.5, 1}};

    /** Five steps of input, as wide as the cells. */
    double[][] NARROW = {{0.5, -1.25}, {1.5, 0.25}, {-0.75, 1}, {0.125, -0.625}, {2, 0.5}};

    /** The output of step {@code t}. */
    double[] step(int t, double[] x);

    /** Holds {@code outputs} against {@code formula}, step by step. */
    static void check(double[][] x, double[][] outputs, Formula formula) {
        for (int t = 0; t < x.length; t++) {
            double[] expected = formula.step(t, x[t]);
            assertThat(outputs[t]).as("step %d", t).containsExactly(expected, within(1e-9));
        }
    }

    /** A value for each of the H units. */
    static double[] units(IntToDoubleFunction unit) {
        return units(H, unit);
    }

    static double[] units(int count, IntToDoubleFunction unit) {
        double[] values = new double[count];
        Arrays.setAll(values, unit);
        return values;
    }

    static double[] times(double[] a, double[] b) {
        return units(a.length, j -> a[j] * b[j]);
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double softplus(double x) {
        return Math.log(1 + Math.exp(x));
    }
}
