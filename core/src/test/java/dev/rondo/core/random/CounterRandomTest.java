package dev.rondo.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Draw;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CounterRandomTest {
    private static final int N = 1 << 20;

    @Test
    void theFirstNumbersAreThoseOfSplitMix64() {
        // Published with the reference implementation for the seed 1234567.
        assertThat(Long.toUnsignedString(CounterRandom.bits(1234567, 0))).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(CounterRandom.bits(1234567, 1))).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(CounterRandom.bits(1234567, 2))).isEqualTo("9817491932198370423");
    }

    @Test
    void uniformNumbersFillTheUnitInterval() {
        long key = CounterRandom.key(1, "layer");
        double sum = 0;
        double squares = 0;
        int[] bins = new int[256];
        for (int i = 0; i < N; i++) {
            double u = CounterRandom.uniform(key, i);
            assertThat(u >= 0 && u < 1).isTrue();
            sum += u;
            squares += u * u;
            bins[(int) (u * 256)]++;
        }
        double mean = sum / N;
        assertThat(mean).isCloseTo(0.5, within(4 * Math.sqrt(1.0 / 12 / N)));
        assertThat(squares / N - mean * mean).isCloseTo(1.0 / 12, within(4 * Math.sqrt(1.0 / 180 / N)));
        assertThat(chiSquare(bins)).isBetween(170.0, 350.0); // 255 degrees of freedom: beyond in fewer than 1 of 10,000
    }

    @Test
    void neighboursAreIndependent() {
        long key = CounterRandom.key(7, 3);
        for (int lag : new int[] {1, 2, 3, 16, 64, 128}) {
            int[] pairs = new int[256];
            double product = 0;
            for (int i = 0; i < N; i++) {
                double a = CounterRandom.uniform(key, i);
                double b = CounterRandom.uniform(key, i + lag);
                product += (a - 0.5) * (b - 0.5);
                pairs[(int) (a * 16) * 16 + (int) (b * 16)]++;
            }
            assertThat(product / N * 12).as("correlation at lag " + lag).isCloseTo(0, within(4 / Math.sqrt(N)));
            assertThat(chiSquare(pairs)).as("pairs at lag " + lag).isBetween(150.0, 380.0);
        }
    }

    @Test
    void neighbouringKeysAreIndependent() {
        int[] pairs = new int[256];
        double product = 0;
        for (int i = 0; i < N; i++) {
            double a = CounterRandom.uniform(CounterRandom.key(5, i), 0);
            double b = CounterRandom.uniform(CounterRandom.key(5, i + 1), 0);
            product += (a - 0.5) * (b - 0.5);
            pairs[(int) (a * 16) * 16 + (int) (b * 16)]++;
        }
        assertThat(product / N * 12).isCloseTo(0, within(4 / Math.sqrt(N)));
        assertThat(chiSquare(pairs)).isBetween(170.0, 350.0);
    }

    @Test
    void everyBitIsFairAndFlipsWithEveryBitOfTheCounter() {
        long key = CounterRandom.key(11, "bits");
        int samples = 4096;
        for (int bit = 0; bit < 20; bit++) {
            int[] flips = new int[64];
            for (int i = 0; i < samples; i++) {
                long changed = CounterRandom.bits(key, i) ^ CounterRandom.bits(key, i ^ 1L << bit);
                for (int k = 0; k < 64; k++) {
                    flips[k] += (int) (changed >>> k & 1);
                }
            }
            assertThat(Arrays.stream(flips).min().orElseThrow()).isGreaterThan(samples / 2 - 260);
            assertThat(Arrays.stream(flips).max().orElseThrow()).isLessThan(samples / 2 + 260);
        }
    }

    @Test
    void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
        long key = CounterRandom.key(3, "normal");
        double[] moments = new double[5];
        int outside = 0;
        double neighbours = 0;
        double before = 0;
        for (int i = 0; i < N; i++) {
            double x = CounterRandom.normal(key, i);
            double power = 1;
            for (int k = 1; k <= 4; k++) {
                power *= x;
                moments[k] += power / N;
            }
            outside += Math.abs(x) > 1.959964 ? 1 : 0;
            neighbours += x * before / N;
            before = x;
        }
        double unit = 1 / Math.sqrt(N);
        assertThat(moments[1]).isCloseTo(0, within(4 * unit));
        assertThat(moments[2]).isCloseTo(1, within(4 * Math.sqrt(2) * unit));
        assertThat(moments[3]).isCloseTo(0, within(4 * Math.sqrt(15) * unit));
        assertThat(moments[4]).isCloseTo(3, within(4 * Math.sqrt(96) * unit));
        assertThat(outside / (double) N).isCloseTo(0.05, within(0.001));
        assertThat(neighbours).isCloseTo(0, within(4 * unit));
    }

    @Test
    void drawsHaveTheirMeans() {
        for (Draw draw :
                new Draw[] {Draw.bernoulli(0.3), Draw.normal(), Draw.halfNormal(), Draw.sign(), Draw.bernoulli(1)}) {
            float[] values = new float[N];
            CounterRandom.fill(draw, 42, 0, values, 0, N);
            double mean = 0;
            for (float value : values) {
                mean += value / (double) N;
            }
            assertThat(mean).as(draw.toString()).isCloseTo(draw.mean(), within(0.005));
        }
    }

    @Test
    void aStretchDrawnInPiecesIsTheSame() {
        for (Draw draw : new Draw[] {Draw.bernoulli(0.5), Draw.normal(), Draw.sign()}) {
            float[] whole = new float[100];
            float[] pieces = new float[100];
            CounterRandom.fill(draw, 9, 50, whole, 0, 100);
            CounterRandom.fill(draw, 9, 50, pieces, 0, 37);
            CounterRandom.fill(draw, 9, 87, pieces, 37, 63);
            assertThat(pieces).containsExactly(whole);
        }
    }

    @Test
    void partsOfAKeyDoNotMixUp() {
        assertThat(CounterRandom.key(CounterRandom.key(1, 2), 3))
                .isNotEqualTo(CounterRandom.key(CounterRandom.key(1, 3), 2));
        assertThat(CounterRandom.key(CounterRandom.key(1, "a"), "bc"))
                .isNotEqualTo(CounterRandom.key(CounterRandom.key(1, "ab"), "c"));
        assertThat(CounterRandom.key(1, "f.W")).isNotEqualTo(CounterRandom.key(2, "f.W"));
    }

    private static double chiSquare(int[] bins) {
        double expected = (double) Arrays.stream(bins).sum() / bins.length;
        return Arrays.stream(bins)
                .mapToDouble(bin -> (bin - expected) * (bin - expected) / expected)
                .sum();
    }
}
