package dev.rondo.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProductsTest {
    private static final int STEPS = 4;
    private static final int ROWS = 7;

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void multipliesWidthsOfEverySizeAsADoubleDoes(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        for (int n : Numbers.SIZES) {
            for (int k : new int[] {1, 3, 16, 50, 129}) {
                new Case(kernels, new int[] {k}, new int[] {n}, Addend.NONE).check(0, 1, 0, ROWS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void joinsOperandsAndOutputs(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        int[][] operands = {{1, 50}, {17, 5, 33}, {64, 64}};
        int[][] outputs = {{50, 50, 50, 50}, {1, 65, 16}, {100}, {31, 129}};
        for (int[] in : operands) {
            for (int[] out : outputs) {
                for (Addend addend : Addend.values()) {
                    new Case(kernels, in, out, addend).check(0, STEPS, 0, ROWS);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void touchesOnlyTheRowsAskedFor(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        for (int first = 0; first < ROWS; first++) {
            for (int rows = 0; first + rows <= ROWS; rows++) {
                new Case(kernels, new int[] {5, 19}, new int[] {33, 80}, Addend.ITSELF).check(1, 2, first, rows);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void rowsHaveTheSameBitsInEveryTiling(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        int[] in = {37, 50};
        int[] out = {50, 129, 17};
        Case whole = new Case(kernels, in, out, Addend.PLANE);
        whole.run(0, STEPS, 0, ROWS);
        for (int rows = 1; rows <= ROWS; rows++) {
            Case parts = new Case(kernels, in, out, Addend.PLANE);
            for (int first = 0; first < ROWS; first += rows) {
                for (int step = 0; step < STEPS; step += 3) {
                    parts.run(step, Math.min(3, STEPS - step), first, Math.min(rows, ROWS - first));
                }
            }
            for (int j = 0; j < out.length; j++) {
                assertThat(parts.outputs[j].array()).isEqualTo(whole.outputs[j].array());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void compiledCodeGivesTheBitsOfInterpretedCode(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        for (int rows = 1; rows <= 5; rows++) {
            Case first = new Case(kernels, new int[] {20}, new int[] {64, 48, 32, 16}, Addend.PLANE);
            first.run(0, 1, 0, rows);
            Case last = new Case(kernels, new int[] {20}, new int[] {64, 48, 32, 16}, Addend.PLANE);
            for (int i = 0; i < 3000; i++) {
                last.run(0, 1, 0, rows);
            }
            for (int j = 0; j < 4; j++) {
                assertThat(last.outputs[j].array()).isEqualTo(first.outputs[j].array());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void packsTransposedAndAgain(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        for (int k : new int[] {1, 15, 16, 33, 100}) {
            for (int n : Numbers.SIZES) {
                float[] source = Numbers.uniform(k * 1000L + n, 3 + k * (n + 2), -1f, 1f);
                float[] transposed = new float[5 + n * (k + 1)];
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < n; j++) {
                        transposed[5 + j * (k + 1) + i] = source[3 + i * (n + 2) + j];
                    }
                }
                PackedMatrix straight = kernels.packed(new int[] {2, k}, new int[] {n, 3});
                straight.pack(1, 0, source, 3, n + 2);
                PackedMatrix other = kernels.packed(new int[] {2, k}, new int[] {n, 3});
                other.pack(1, 0, Numbers.uniform(5, k * n, -1f, 1f), 0, n);
                other.packTransposed(1, 0, transposed, 5, k + 1);
                assertThat(other.data).isEqualTo(straight.data);
                other.clear(1, 0);
                assertThat(other.data).containsOnly(0f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void refusesPlanesOfOtherWidths(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        PackedMatrix weights = kernels.packed(new int[] {3}, new int[] {4});
        Plane three = new Plane(new float[16], 0, 16, 16, 3);
        Plane four = new Plane(new float[16], 0, 16, 16, 4);
        assertThatThrownBy(() ->
                        kernels.product(weights, new Plane[] {four}, new Plane[] {four}, new Plane[1], 0, 1, 0, 1))
                .hasMessage("operand 0 of the packed matrix is 3 wide, the plane 4");
        assertThatThrownBy(() ->
                        kernels.product(weights, new Plane[] {three}, new Plane[] {three}, new Plane[1], 0, 1, 0, 1))
                .hasMessage("output 0 of the packed matrix is 4 wide, the plane 3");
        assertThatThrownBy(() -> kernels.product(weights, new Plane[0], new Plane[] {four}, new Plane[1], 0, 1, 0, 1))
                .hasMessageContaining("1 operands and 1 outputs, the product got 0 operands");
    }

    private enum Addend {
        NONE,
        ITSELF,
        PLANE,
        BIAS
    }

    /** One product with odd strides and offsets, and what it should give. */
    private static final class Case {
        private final Kernels kernels;
        private final Plane[] operands;
        private final Plane[] outputs;
        private final Plane[] addends;
        private final float[][] before;
        private final float[][][] weights;
        private final PackedMatrix packed;

        Case(Kernels kernels, int[] in, int[] out, Addend addend) {
            this.kernels = kernels;
            operands = new Plane[in.length];
            outputs = new Plane[out.length];
            addends = new Plane[out.length];
            before = new float[out.length][];
            weights = new float[in.length][out.length][];
            packed = kernels.packed(in, out);
            Random random = new Random(Arrays.hashCode(in) * 31L + Arrays.hashCode(out));
            for (int i = 0; i < in.length; i++) {
                operands[i] = plane(random.nextLong(), in[i], 3 + i);
            }
            for (int j = 0; j < out.length; j++) {
                outputs[j] = plane(random.nextLong(), out[j], 5 + j);
                before[j] = outputs[j].array().clone();
                addends[j] = switch (addend) {
                    case NONE -> null;
                    case ITSELF -> outputs[j];
                    case PLANE -> plane(random.nextLong(), out[j], 1);
                    case BIAS -> new Plane(Numbers.uniform(j, out[j] + 17, -1f, 1f), 1, 0, 0, out[j]);
                };
                for (int i = 0; i < in.length; i++) {
                    weights[i][j] = Numbers.uniform(random.nextLong(), in[i] * out[j], -1f, 1f);
                    packed.pack(i, j, weights[i][j], 0, out[j]);
                }
            }
        }

        private static Plane plane(long seed, int width, int gap) {
            int row = Plane.padded(width) + gap;
            int step = ROWS * row + gap;
            return new Plane(Numbers.uniform(seed, STEPS * step + gap, -1f, 1f), gap, step, row, width);
        }

        void run(int firstStep, int steps, int firstRow, int rows) {
            kernels.product(packed, operands, outputs, addends, firstStep, steps, firstRow, rows);
        }

        void check(int firstStep, int steps, int firstRow, int rows) {
            run(firstStep, steps, firstRow, rows);
            for (int j = 0; j < outputs.length; j++) {
                boolean[] mine = new boolean[outputs[j].array().length];
                for (int step = firstStep; step < firstStep + steps; step++) {
                    for (int row = firstRow; row < firstRow + rows; row++) {
                        checkRow(j, step, row);
                        int at = outputs[j].at(step, row);
                        Arrays.fill(mine, at, at + outputs[j].padded(), true);
                    }
                }
                for (int i = 0; i < mine.length; i++) {
                    if (!mine[i]) {
                        assertThat(outputs[j].array()[i]).isEqualTo(before[j][i]);
                    }
                }
            }
        }

        private void checkRow(int j, int step, int row) {
            int at = outputs[j].at(step, row);
            for (int n = 0; n < outputs[j].padded(); n++) {
                float got = outputs[j].array()[at + n];
                if (n >= outputs[j].width()) {
                    assertThat(got).isFinite();
                    continue;
                }
                double want = 0;
                if (addends[j] == outputs[j]) {
                    want = before[j][at + n];
                } else if (addends[j] != null) {
                    want = addends[j].array()[addends[j].at(step, row) + n];
                }
                for (int i = 0; i < operands.length; i++) {
                    int ao = operands[i].at(step, row);
                    for (int k = 0; k < operands[i].width(); k++) {
                        want += (double) operands[i].array()[ao + k] * weights[i][j][k * outputs[j].width() + n];
                    }
                }
                assertThat((double) got)
                        .as("output %s step %s row %s column %s", j, step, row, n)
                        .isCloseTo(want, Offset.offset(1e-7 * (4 + packed.depth())));
            }
        }
    }
}
