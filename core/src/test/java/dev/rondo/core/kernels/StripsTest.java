package dev.rondo.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StripsTest {
    private static final float S = 0.75f;
    private static final float T = 1.5f;
    private static final Set<StripOp> OF_POSITIVE =
            Set.of(StripOp.LOG, StripOp.LOG1P, StripOp.SQRT, StripOp.RSQRT, StripOp.POW, StripOp.POW_S);

    static Stream<Arguments> everything() {
        return Candidate.all().flatMap(c -> Stream.of(StripOp.values()).map(op -> Arguments.of(c, op)));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void agreesWithTheFormulaInDoublePrecision(Candidate candidate, StripOp op) {
        Kernels kernels = candidate.kernels();
        for (int n : Numbers.SIZES) {
            for (int shift = 0; shift < 3; shift++) {
                Inputs in = Inputs.of(op, n, shift);
                float[] out = Numbers.uniform(9, n + 8, 5f, 6f);
                float[] before = out.clone();
                in.run(kernels, op, out, shift);
                for (int i = 0; i < n; i++) {
                    double want = in.want(op, i);
                    // Not per element: an assertion each would take minutes.
                    if (Math.abs(out[shift + i] - want) > 3 * Math.ulp((float) Math.max(16, Math.abs(want)))) {
                        assertThat((double) out[shift + i])
                                .as("%s n=%s i=%s", op, n, i)
                                .isEqualTo(want);
                    }
                    before[shift + i] = out[shift + i];
                }
                assertThat(out).as("%s n=%s, beside the strip", op, n).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void anElementHasTheSameBitsWhereverItLies(Candidate candidate, StripOp op) {
        Kernels kernels = candidate.kernels();
        int n = 77;
        Inputs in = Inputs.of(op, n, 1);
        float[] whole = new float[n];
        in.run(kernels, op, whole, 0);
        float[] single = new float[1];
        for (int i = 0; i < n; i++) {
            Inputs one = in.element(i);
            one.run(kernels, op, single, 0);
            assertThat(single[0]).as("%s element %s", op, i).isEqualTo(whole[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void compiledCodeGivesTheBitsOfInterpretedCode(Candidate candidate, StripOp op) {
        Kernels kernels = candidate.kernels();
        Inputs in = Inputs.of(op, 128, 0);
        float[] first = new float[128];
        in.run(kernels, op, first, 0);
        float[] last = new float[128];
        for (int i = 0; i < 4000; i++) {
            in.run(kernels, op, last, 0);
        }
        assertThat(last).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void mayOverwriteAnyOperand(Candidate candidate, StripOp op) {
        Kernels kernels = candidate.kernels();
        for (int n : new int[] {1, 16, 37, 100}) {
            for (int which = 0; which < op.arity(); which++) {
                Inputs in = Inputs.of(op, n, 2);
                float[] apart = new float[n];
                in.run(kernels, op, apart, 0);
                float[] over = in.arrays()[which];
                in.run(kernels, op, over, 2);
                float[] got = new float[n];
                System.arraycopy(over, 2, got, 0, n);
                assertThat(got).as("%s over operand %s, n=%s", op, which, n).isEqualTo(apart);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void notANumberPassesThrough(Candidate candidate, StripOp op) {
        Set<StripOp> choose = Set.of(
                StripOp.LESS, StripOp.LESS_S, StripOp.GREATER_S, StripOp.SELECT, StripOp.FILL, StripOp.RELU_GRAD);
        if (choose.contains(op)) {
            return;
        }
        Kernels kernels = candidate.kernels();
        for (int which = 0; which < op.arity(); which++) {
            Inputs in = Inputs.of(op, 37, 0);
            in.arrays()[which][5] = Float.NaN;
            in.arrays()[which][36] = Float.NaN;
            float[] out = new float[37];
            in.run(kernels, op, out, 0);
            assertThat(out[5]).as("%s operand %s", op, which).isNaN();
            assertThat(out[36]).as("%s operand %s", op, which).isNaN();
            assertThat(out[4]).as("%s operand %s", op, which).isNotNaN();
        }
    }

    @ParameterizedTest
    @EnumSource(Candidate.class)
    void comparisonsWithNotANumberAreFalse(Candidate candidate) {
        Kernels kernels = candidate.kernels();
        float[] nan = Numbers.uniform(1, 40, Float.NaN, Float.NaN);
        float[] one = Numbers.uniform(1, 40, 1f, 1f);
        float[] two = Numbers.uniform(1, 40, 2f, 2f);
        assertThat(run(kernels, StripOp.LESS, nan, one, two)).containsOnly(0f);
        assertThat(run(kernels, StripOp.LESS, one, nan, two)).containsOnly(0f);
        assertThat(run(kernels, StripOp.LESS_S, nan, one, two)).containsOnly(0f);
        assertThat(run(kernels, StripOp.GREATER_S, nan, one, two)).containsOnly(0f);
        assertThat(run(kernels, StripOp.RELU_GRAD, one, nan, two)).containsOnly(0f);
        assertThat(run(kernels, StripOp.SELECT, nan, one, two)).containsOnly(1f);
        assertThat(run(kernels, StripOp.SELECT, new float[40], nan, two)).containsOnly(2f);
    }

    private static float[] run(Kernels kernels, StripOp op, float[] a, float[] b, float[] c) {
        float[] out = new float[a.length];
        kernels.strip(op, a.length, out, 0, a, 0, b, 0, c, 0, out, 0, S, T);
        return out;
    }

    /** Four operands at their own offsets. */
    private record Inputs(int n, int shift, float[][] arrays) {
        static Inputs of(StripOp op, int n, int shift) {
            float low = OF_POSITIVE.contains(op) ? 0.25f : -4f;
            float[][] arrays = new float[4][];
            for (int i = 0; i < 4; i++) {
                arrays[i] = Numbers.uniform(i + 1, n + 8, low, 4f);
            }
            if (op == StripOp.SELECT) {
                for (int i = 0; i < arrays[0].length; i += 2) {
                    arrays[0][i] = 0f;
                }
            }
            return new Inputs(n, shift, arrays);
        }

        Inputs element(int i) {
            float[][] single = new float[4][1];
            for (int j = 0; j < 4; j++) {
                single[j][0] = arrays[j][shift + i];
            }
            return new Inputs(1, 0, single);
        }

        void run(Kernels kernels, StripOp op, float[] out, int o) {
            float[] b = op.arity() > 1 ? arrays[1] : out;
            float[] c = op.arity() > 2 ? arrays[2] : out;
            float[] d = op.arity() > 3 ? arrays[3] : out;
            float[] a = op.arity() > 0 ? arrays[0] : out;
            kernels.strip(op, n, out, o, a, shift, b, shift, c, shift, d, shift, S, T);
        }

        double want(StripOp op, int i) {
            double a = arrays[0][shift + i];
            double b = arrays[1][shift + i];
            double c = arrays[2][shift + i];
            double d = arrays[3][shift + i];
            return formula(op, a, b, c, d, S, T);
        }
    }

    private static double formula(StripOp op, double a, double b, double c, double d, double s, double t) {
        return switch (op) {
            case COPY -> a;
            case FILL -> s;
            case NEG -> -a;
            case EXP -> StrictMath.exp(a);
            case EXPM1 -> StrictMath.expm1(a);
            case LOG -> StrictMath.log(a);
            case LOG1P -> StrictMath.log1p(a);
            case SQRT -> Math.sqrt(a);
            case RSQRT -> 1 / Math.sqrt(a);
            case ABS -> Math.abs(a);
            case SIGN -> Math.signum(a);
            case SQUARE -> a * a;
            case SIN -> StrictMath.sin(a);
            case COS -> StrictMath.cos(a);
            case FLOOR -> Math.floor(a);
            case SIGMOID -> 1 / (1 + StrictMath.exp(-a));
            case TANH -> StrictMath.tanh(a);
            case RELU -> Math.max(a, 0);
            case SOFTPLUS -> Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
            case ERF -> Erf.of(a);
            case ONE_MINUS -> 1 - a;
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MIN -> a < b ? a : b;
            case MAX -> a > b ? a : b;
            case LESS -> a < b ? 1 : 0;
            case POW -> StrictMath.pow(a, b);
            case ADD_S -> a + s;
            case RSUB_S -> s - a;
            case MUL_S -> a * s;
            case DIV_S -> a / s;
            case RDIV_S -> s / a;
            case MIN_S -> a < s ? a : s;
            case MAX_S -> a > s ? a : s;
            case LESS_S -> a < s ? 1 : 0;
            case GREATER_S -> s < a ? 1 : 0;
            case POW_S -> StrictMath.pow(a, s);
            case SPOW -> StrictMath.pow(s, a);
            case CLAMP -> a < s ? s : a > t ? t : a;
            case SELECT -> a != 0 ? b : c;
            case LERP -> a + c * (b - a);
            case FMA -> a * b + c;
            case FNMA -> c - a * b;
            case MUL_MUL -> a * b * c;
            case SUB_MUL -> (a - b) * c;
            case ONE_MINUS_MUL -> (1 - a) * b;
            case ONE_MINUS_MUL_ADD -> (1 - a) * b + c;
            case SIGMOID_GRAD -> a * b * (1 - b);
            case TANH_GRAD -> a * (1 - b * b);
            case MUL_SIGMOID_GRAD -> a * b * c * (1 - c);
            case MUL_TANH_GRAD -> a * b * (1 - c * c);
            case MUL_TANH_GRAD_ADD -> a * b * (1 - c * c) + d;
            case RELU_GRAD -> b > 0 ? a : 0;
            case ABS_GRAD -> a * Math.signum(b);
            case MUL_ADD -> a * b + c * d;
            case SUB_MUL_ADD -> (a - b) * c + d;
            case ADD3 -> a + b + c;
            case MUL_S_ADD -> a * s + b;
            case MIX -> a * s + b * t;
        };
    }
}
