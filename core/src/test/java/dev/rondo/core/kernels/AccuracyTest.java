package dev.rondo.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The stated accuracy of the elementary functions, at floats of every magnitude. */
class AccuracyTest {
    /** A prime, so that the fractions differ from one exponent to the next. */
    private static final int STRIDE = 10007;

    private static final float MOST = Float.MAX_VALUE;

    static Stream<Arguments> stated() {
        return Stream.of(
                Arguments.of(Candidate.SIMD, StripOp.EXP, -87f, 88.72f, 1.0),
                Arguments.of(Candidate.SIMD, StripOp.EXP, -104f, -87f, 1.0),
                Arguments.of(Candidate.SIMD, StripOp.EXPM1, -MOST, 88.72f, 2.0),
                Arguments.of(Candidate.SIMD, StripOp.SIGMOID, -87f, MOST, 3.0),
                Arguments.of(Candidate.SIMD, StripOp.SOFTPLUS, -86f, MOST, 4.0),
                Arguments.of(Candidate.SIMD, StripOp.TANH, -MOST, MOST, 5.0),
                Arguments.of(Candidate.SIMD, StripOp.ERF, -MOST, MOST, 6.0),
                Arguments.of(Candidate.SIMD, StripOp.LOG, Float.MIN_VALUE, MOST, 0.51),
                Arguments.of(Candidate.SIMD, StripOp.LOG1P, -0.9999f, MOST, 0.51),
                Arguments.of(Candidate.PLAIN, StripOp.EXP, -104f, 88.72f, 0.51),
                Arguments.of(Candidate.PLAIN, StripOp.EXPM1, -MOST, 88.72f, 0.51),
                Arguments.of(Candidate.PLAIN, StripOp.SOFTPLUS, -86f, MOST, 0.51),
                Arguments.of(Candidate.PLAIN, StripOp.TANH, -MOST, MOST, 7.0),
                Arguments.of(Candidate.PLAIN, StripOp.ERF, -MOST, MOST, 6.0),
                Arguments.of(Candidate.PLAIN, StripOp.LOG, Float.MIN_VALUE, MOST, 0.51),
                Arguments.of(Candidate.PLAIN, StripOp.LOG1P, -0.9999f, MOST, 0.51),
                Arguments.of(Candidate.PLAIN, StripOp.SIN, -1e6f, 1e6f, 0.51),
                Arguments.of(Candidate.PLAIN, StripOp.COS, -1e6f, 1e6f, 0.51));
    }

    @ParameterizedTest
    @MethodSource("stated")
    void isWithinUnitsInTheLastPlace(Candidate candidate, StripOp op, float low, float high, double most) {
        float[] x = inputs(low, high);
        float[] y = run(candidate.kernels(), op, x);
        DoubleUnaryOperator exact = exact(op);
        double worst = 0;
        float at = 0;
        for (int i = 0; i < x.length; i++) {
            double want = exact.applyAsDouble(x[i]);
            double error = Math.abs(y[i] - want) / Math.ulp((float) want);
            if (!(error <= worst)) {
                worst = error;
                at = x[i];
            }
        }
        assertThat(worst)
                .as("%s, the worst of %s values at %s", op, x.length, at)
                .isLessThanOrEqualTo(most);
    }

    @Test
    void thePlainSigmoidIsWithinItsAbsoluteError() {
        float[] x = inputs(-MOST, MOST);
        float[] y = run(Candidate.PLAIN.kernels(), StripOp.SIGMOID, x);
        for (int i = 0; i < x.length; i++) {
            double error = Math.abs(y[i] - exact(StripOp.SIGMOID).applyAsDouble(x[i]));
            if (error > 2e-7 || y[i] < 0 || y[i] > 1) {
                assertThat(y[i]).as("sigmoid(%s)", x[i]).isEqualTo(0.5f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void saturatesWithoutNotANumber(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        float inf = Float.POSITIVE_INFINITY;
        float[] x = new float[48];
        float[] ends = {-inf, -MOST, -1000f, -200f, 200f, 1000f, MOST, inf};
        for (int i = 0; i < x.length; i++) {
            x[i] = ends[i % 8];
        }
        expect(run(kernels, StripOp.SIGMOID, x), 0, 0, 0, 0, 1, 1, 1, 1);
        expect(run(kernels, StripOp.TANH, x), -1, -1, -1, -1, 1, 1, 1, 1);
        expect(run(kernels, StripOp.ERF, x), -1, -1, -1, -1, 1, 1, 1, 1);
        expect(run(kernels, StripOp.EXP, x), 0, 0, 0, 0, inf, inf, inf, inf);
        expect(run(kernels, StripOp.EXPM1, x), -1, -1, -1, -1, inf, inf, inf, inf);
        expect(run(kernels, StripOp.RELU, x), 0, 0, 0, 0, 200, 1000, MOST, inf);
        float[] softplus = run(kernels, StripOp.SOFTPLUS, x);
        for (int i = 0; i < x.length; i++) {
            assertThat(softplus[i]).isBetween(Math.max(x[i], 0f), Math.max(x[i], 1e-37f));
        }
    }

    private static void expect(float[] got, float... want) {
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).isEqualTo(want[i % want.length]);
        }
    }

    @Test
    void theErrorFunctionIsThatOfTheTables() {
        // Abramowitz and Stegun, table 7.1.
        assertThat(Erf.of(0.5)).isCloseTo(0.5204998778, Offset.offset(1e-10));
        assertThat(Erf.of(1.0)).isCloseTo(0.8427007929, Offset.offset(1e-10));
        assertThat(Erf.of(-2.0)).isCloseTo(-0.9953222650, Offset.offset(1e-10));
        assertThat(Erf.of(3.2)).isCloseTo(0.99999397423884823790, Offset.offset(1e-14));
    }

    private static float[] inputs(float low, float high) {
        float[] values = new float[2 * (0x7f800000 / STRIDE + 1)];
        int n = 0;
        for (int bits = 0; bits < 0x7f800000 - STRIDE; bits += STRIDE) {
            float x = Float.intBitsToFloat(bits);
            if (x >= low && x <= high) {
                values[n++] = x;
            }
            if (-x >= low && -x <= high) {
                values[n++] = -x;
            }
        }
        return Arrays.copyOf(values, n);
    }

    private static float[] run(Kernels kernels, StripOp op, float[] x) {
        float[] y = new float[x.length];
        kernels.strip(op, x.length, y, 0, x, 0, y, 0, y, 0, y, 0, 0f, 0f);
        return y;
    }

    private static DoubleUnaryOperator exact(StripOp op) {
        return switch (op) {
            case EXP -> StrictMath::exp;
            case EXPM1 -> StrictMath::expm1;
            case LOG -> StrictMath::log;
            case LOG1P -> StrictMath::log1p;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TANH -> StrictMath::tanh;
            case ERF -> Erf::of;
            case SIGMOID -> x -> 1 / (1 + StrictMath.exp(-x));
            case SOFTPLUS -> x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
            default -> throw new IllegalArgumentException(op.name());
        };
    }
}
