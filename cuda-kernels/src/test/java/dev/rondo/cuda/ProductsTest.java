package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.cuda.Products.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Products of matrices in every form and precision, on the GPU or in emulation, against sums in double precision. */
@Tag("gpu")
@Tag("kernels")
final class ProductsTest {
    /** m, n, k: within a tile, over its border, as multiples of four and not, a long sum in parts. */
    private static final List<int[]> SIZES = List.of(
            new int[] {1, 1, 1},
            new int[] {5, 7, 3},
            new int[] {130, 36, 20},
            new int[] {132, 140, 52},
            new int[] {8, 12, 700},
            new int[] {3, 9, 513});

    @BeforeEach
    void device0() {
        Emulation.require();
    }

    @AfterEach
    void usualThreads() {
        if (!Emulation.real()) {
            Emulation.order(0);
        }
    }

    @TestFactory
    Stream<DynamicTest> singlePrecision() {
        return products(Precision.FP32, ProductSource.OWN, 1e-6);
    }

    @TestFactory
    Stream<DynamicTest> tf32() {
        return products(Precision.TF32, ProductSource.OWN, 1e-3);
    }

    @TestFactory
    Stream<DynamicTest> threeTimesTf32() {
        return products(Precision.TF32X3, ProductSource.OWN, 1e-5);
    }

    @TestFactory
    Stream<DynamicTest> bf16() {
        return products(Precision.BF16, ProductSource.OWN, 1e-2);
    }

    @TestFactory
    Stream<DynamicTest> cublas() {
        return products(Precision.FP32, ProductSource.CUBLAS, 1e-6);
    }

    @Test
    void lowerPrecisionIsLower() {
        int[] size = {132, 140, 52};
        assertThat(distance(size, Precision.TF32, ProductSource.OWN, 0)).isGreaterThan(1e-5);
        assertThat(distance(size, Precision.BF16, ProductSource.OWN, 0)).isGreaterThan(1e-3);
    }

    private Stream<DynamicTest> products(Precision precision, ProductSource source, double bound) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int[] size : SIZES) {
            for (int order = 0; order < (Emulation.real() ? 1 : 3); order++) {
                int threads = order;
                tests.add(dynamicTest(Arrays.toString(size) + " in order " + order, () -> {
                    if (!Emulation.real()) {
                        Emulation.order(threads);
                    }
                    assertThat(distance(size, precision, source, threads)).isLessThan(bound);
                }));
            }
        }
        return tests.stream();
    }

    /** The largest distance of a product from the exact one, relative in norm, over all forms. */
    private static double distance(int[] size, Precision precision, ProductSource source, int seed) {
        int m = size[0];
        int n = size[1];
        int k = size[2];
        Random random = new Random(seed);
        float[] a = numbers(random, m * k);
        float[] b = numbers(random, k * n);
        float[] before = numbers(random, m * n);
        double[] exact = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int d = 0; d < k; d++) {
                    exact[i * n + j] += (double) a[i * k + d] * b[d * n + j];
                }
            }
        }
        double worst = 0;
        try (Driver driver = new Driver(0);
                Arena arena = new Arena(driver);
                Products products = new Products(new KernelLibrary(driver), driver, precision, source)) {
            // Each matrix by itself and within wider ones, as a gate's columns lie among those of all; 3 values are no
            // place for vectors.
            for (int margin : new int[] {0, 3, 4}) {
                Matrix c = matrix(arena, new float[m * n], n, margin);
                Matrix ma = matrix(arena, a, k, margin);
                Matrix mb = matrix(arena, b, n, margin);
                products.multiply(m, n, k, ma, mb, c, false);
                worst = Math.max(worst, distance(values(c, n, margin), exact, new float[m * n]));
                c = matrix(arena, before, n, margin);
                products.multiplyTransposed(m, n, k, ma, matrix(arena, transposed(b, k, n), k, margin), c, true);
                worst = Math.max(worst, distance(values(c, n, margin), exact, before));
                DeviceArray workspace = arena.array(Math.max(1, products.workspace(m, n, k)));
                DeviceArray close = arena.array((long) m * n);
                products.transposedMultiply(
                        m, n, k, matrix(arena, transposed(a, m, k), m, margin), mb, close, workspace);
                worst = Math.max(worst, distance(values(new Matrix(close, n), n, 0), exact, new float[m * n]));
            }
        }
        return worst;
    }

    /** A matrix whose rows have {@code margin} values on either side that are no numbers. */
    private static Matrix matrix(Arena arena, float[] values, int columns, int margin) {
        int stride = columns + 2 * margin;
        float[] all = new float[values.length / columns * stride];
        Arrays.fill(all, Float.NaN);
        for (int at = 0; at < values.length; at += columns) {
            System.arraycopy(values, at, all, at / columns * stride + margin, columns);
        }
        DeviceArray array = arena.array(all.length);
        array.upload(all);
        return new Matrix(array.from(margin), stride);
    }

    /** What a matrix holds; what lies beside it has to be as it was. */
    private static float[] values(Matrix matrix, int columns, int margin) {
        float[] all = new float[Math.toIntExact(matrix.values().length()) + margin];
        matrix.values().from(-margin).download(all);
        float[] values = new float[all.length / matrix.stride() * columns];
        for (int i = 0; i < all.length; i++) {
            int column = i % matrix.stride() - margin;
            if (column >= 0 && column < columns) {
                values[i / matrix.stride() * columns + column] = all[i];
            } else {
                assertThat(all[i]).as("value beside the matrix").isNaN();
            }
        }
        return values;
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] turned = new float[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = values[i * columns + j];
            }
        }
        return turned;
    }

    private static double distance(float[] got, double[] product, float[] added) {
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < got.length; i++) {
            double expected = product[i] + added[i];
            distance += (got[i] - expected) * (got[i] - expected);
            norm += expected * expected;
        }
        return Math.sqrt(distance / norm);
    }
}
