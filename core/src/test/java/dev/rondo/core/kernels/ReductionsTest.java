package dev.rondo.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionsTest {
    private static final int STEPS = 5;
    private static final int ROWS = 9;

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void gradientIsTheSumOfOuterProducts(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        for (int n : Numbers.SIZES) {
            for (int k : new int[] {1, 4, 6, 50, 65}) {
                for (boolean gapless : new boolean[] {true, false}) {
                    checkGradient(kernels, plane(1, k, gapless), plane(2, n, gapless), n % 2 == 0);
                }
            }
        }
    }

    private static void checkGradient(Kernels kernels, Plane a, Plane d, boolean add) {
        int stride = d.width() + 1;
        float[] g = Numbers.uniform(3, 2 + a.width() * stride, -1f, 1f);
        float[] before = g.clone();
        kernels.gradient(a, d, g, 2, stride, add, 1, STEPS - 1, 1, ROWS - 2, 0, a.width());
        assertThat(g[0]).isEqualTo(before[0]);
        assertThat(g[1]).isEqualTo(before[1]);
        for (int k = 0; k < a.width(); k++) {
            for (int n = 0; n < d.width(); n++) {
                double want = add ? before[2 + k * stride + n] : 0;
                for (int step = 1; step < STEPS; step++) {
                    for (int row = 1; row < ROWS - 1; row++) {
                        want += (double) a.array()[a.at(step, row) + k] * d.array()[d.at(step, row) + n];
                    }
                }
                assertThat((double) g[2 + k * stride + n])
                        .as("k %s of %s, n %s of %s", k, a.width(), n, d.width())
                        .isCloseTo(want, Offset.offset(5e-6));
            }
            int gap = 2 + k * stride + d.width();
            assertThat(g[gap]).as("beside row %s", k).isEqualTo(before[gap]);
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void gradientHasTheSameBitsHoweverItIsSplit(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        int rows = 700;
        for (int n : new int[] {50, 129, 192}) {
            Plane a = new Plane(Numbers.uniform(1, rows * 64, -1f, 1f), 0, rows * 64, 64, 61);
            int padded = Plane.padded(n);
            Plane d = new Plane(Numbers.uniform(2, rows * padded, -1f, 1f), 0, rows * padded, padded, n);
            float[] whole = new float[61 * n];
            kernels.gradient(a, d, whole, 0, n, false, 0, 1, 0, rows, 0, 61);
            for (int ks : new int[] {1, 2, 3, 4, 5, 7, 30}) {
                float[] parts = Numbers.uniform(4, 61 * n, -1f, 1f);
                for (int k = 0; k < 61; k += ks) {
                    kernels.gradient(a, d, parts, 0, n, false, 0, 1, 0, rows, k, Math.min(ks, 61 - k));
                }
                assertThat(parts).isEqualTo(whole);
            }
            float[] continued = new float[61 * n];
            kernels.gradient(a, d, continued, 0, n, false, 0, 1, 0, 333, 0, 61);
            kernels.gradient(a, d, continued, 0, n, true, 0, 1, 333, rows - 333, 0, 61);
            assertThat(continued).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void sumsRows(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        for (int n : Numbers.SIZES) {
            for (boolean gapless : new boolean[] {true, false}) {
                Plane a = plane(1, n, gapless);
                Plane d = plane(2, n, gapless);
                for (boolean add : new boolean[] {true, false}) {
                    float[] sums = Numbers.uniform(3, n + 4, -1f, 1f);
                    float[] dots = sums.clone();
                    float[] before = sums.clone();
                    kernels.sumRows(d, sums, 3, add, 1, STEPS - 1, 1, ROWS - 2, 0, n);
                    kernels.dotRows(a, d, dots, 3, add, 1, STEPS - 1, 1, ROWS - 2, 0, n);
                    checkSums(a, d, add, before, sums, dots);
                }
            }
        }
    }

    private static void checkSums(Plane a, Plane d, boolean add, float[] before, float[] sums, float[] dots) {
        for (int n = 0; n < d.width(); n++) {
            double sum = add ? before[3 + n] : 0;
            double dot = sum;
            for (int step = 1; step < STEPS; step++) {
                for (int row = 1; row < ROWS - 1; row++) {
                    double x = d.array()[d.at(step, row) + n];
                    sum += x;
                    dot += x * a.array()[a.at(step, row) + n];
                }
            }
            assertThat((double) sums[3 + n]).isCloseTo(sum, Offset.offset(5e-6));
            assertThat((double) dots[3 + n]).isCloseTo(dot, Offset.offset(5e-6));
        }
        assertThat(Arrays.copyOf(sums, 3)).isEqualTo(Arrays.copyOf(before, 3));
        assertThat(Arrays.copyOf(dots, 3)).isEqualTo(Arrays.copyOf(before, 3));
        assertThat(sums[3 + d.width()]).isEqualTo(before[3 + d.width()]);
        assertThat(dots[3 + d.width()]).isEqualTo(before[3 + d.width()]);
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void sumsOfColumnRangesHaveTheSameBits(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        int n = 135;
        Plane a = plane(1, n, true);
        Plane d = plane(2, n, true);
        float[] sums = new float[n];
        float[] dots = new float[n];
        kernels.sumRows(d, sums, 0, false, 0, STEPS, 0, ROWS, 0, n);
        kernels.dotRows(a, d, dots, 0, false, 0, STEPS, 0, ROWS, 0, n);
        for (int width : new int[] {16, 48, 80}) {
            float[] sumParts = new float[n];
            float[] dotParts = new float[n];
            for (int from = 0; from < n; from += width) {
                int columns = Math.min(width, n - from);
                kernels.sumRows(d, sumParts, 0, false, 0, STEPS, 0, ROWS, from, columns);
                kernels.dotRows(a, d, dotParts, 0, false, 0, STEPS, 0, ROWS, from, columns);
            }
            assertThat(sumParts).isEqualTo(sums);
            assertThat(dotParts).isEqualTo(dots);
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void nothingToSumLeavesZeroOrWhatWasThere(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        Plane a = plane(1, 3, true);
        float[] g = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        kernels.gradient(a, a, g, 0, 3, true, 0, 0, 0, ROWS, 0, 3);
        assertThat(g).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        kernels.gradient(a, a, g, 0, 3, false, 0, STEPS, 0, 0, 1, 1);
        assertThat(g).containsExactly(1, 2, 3, 0, 0, 0, 7, 8, 9);
        kernels.sumRows(a, g, 6, false, 0, 0, 0, ROWS, 0, 3);
        assertThat(g).containsExactly(1, 2, 3, 0, 0, 0, 0, 0, 0);
        kernels.dotRows(a, a, g, 0, false, 0, 0, 0, ROWS, 0, 2);
        assertThat(g).containsExactly(0, 0, 3, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void reducesFeatures(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        for (int n : Numbers.SIZES) {
            Plane in = plane(1, n, false);
            Plane sums = new Plane(new float[STEPS * ROWS], 0, ROWS, 1, 1);
            Plane most = new Plane(new float[STEPS * ROWS], 0, ROWS, 1, 1);
            Plane wide = plane(2, n, false);
            kernels.sumFeatures(in, sums, 0, STEPS, 0, ROWS);
            kernels.maxFeatures(in, most, 0, STEPS, 0, ROWS);
            kernels.expandFeatures(sums, wide, 0, STEPS, 0, ROWS);
            for (int step = 0; step < STEPS; step++) {
                for (int row = 0; row < ROWS; row++) {
                    double sum = 0;
                    float max = Float.NEGATIVE_INFINITY;
                    for (int i = 0; i < n; i++) {
                        float x = in.array()[in.at(step, row) + i];
                        sum += x;
                        max = x > max ? x : max;
                        assertThat(wide.array()[wide.at(step, row) + i]).isEqualTo(sums.array()[sums.at(step, row)]);
                    }
                    assertThat((double) sums.array()[sums.at(step, row)]).isCloseTo(sum, Offset.offset(2e-5));
                    assertThat(most.array()[most.at(step, row)]).isEqualTo(max);
                }
            }
        }
    }

    @Test
    void planesAreAtLeastOneWide() {
        assertThat(new Plane(new float[0], 3, 100, 10, 17).at(2, 4)).isEqualTo(243);
        assertThat(new Plane(new float[0], 0, 0, 0, 17).padded()).isEqualTo(32);
        assertThatThrownBy(() -> new Plane(new float[0], 0, 0, 0, 0)).hasMessage("a plane is at least 1 wide, not 0");
    }

    private static Plane plane(long seed, int width, boolean gapless) {
        int gap = gapless ? 0 : 3;
        int row = Plane.padded(width) + gap;
        int step = gapless ? (ROWS - 2) * row : ROWS * row + gap;
        return new Plane(Numbers.uniform(seed, STEPS * step + 3 * row, -1f, 1f), gap, step, row, width);
    }
}
