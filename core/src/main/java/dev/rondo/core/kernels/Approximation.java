package dev.rondo.core.kernels;

/**
 * The approximations of the elementary functions, and the functions of one float with fused multiplication and addition.
 *
 * <p>The coefficients are minimax fits for the relative error, made for this class: of tanh and erf as {@code x · P(x²) / Q(x²)}
 * up to where they round to 1, of exp on ±ln 2 / 2, where the first two coefficients are 1, and of ln(1 + x) from 0 to 1 as
 * {@code x · P(x) / Q(x)}.
 */
final class Approximation {
    /** Beyond this tanh rounds to ±1, and so does what the quotient below gives here, however it is rounded. */
    static final float TANH_ONE = 9.16f;

    static final float TANH_P0 = 1.0f;
    static final float TANH_P1 = 0.13679916f;
    static final float TANH_P2 = 0.003868328f;
    static final float TANH_P3 = 2.8007462e-05f;
    static final float TANH_P4 = 3.058503e-08f;
    static final float TANH_P5 = -1.2203475e-11f;
    static final float TANH_Q0 = 1.0f;
    static final float TANH_Q1 = 0.47013247f;
    static final float TANH_Q2 = 0.02724584f;
    static final float TANH_Q3 = 0.00039386313f;
    static final float TANH_Q4 = 1.2873669e-06f;

    /** Beyond this erf rounds to ±1, and so does what the quotient below gives here, however it is rounded. */
    static final float ERF_ONE = 3.98f;

    static final float ERF_P0 = 1.1283791f;
    static final float ERF_P1 = 0.19040768f;
    static final float ERF_P2 = 0.05274889f;
    static final float ERF_P3 = 0.0037656694f;
    static final float ERF_P4 = 0.000284884f;
    static final float ERF_P5 = 2.0500795e-06f;
    static final float ERF_Q0 = 1.0f;
    static final float ERF_Q1 = 0.50207716f;
    static final float ERF_Q2 = 0.11410961f;
    static final float ERF_Q3 = 0.014969323f;
    static final float ERF_Q4 = 0.0011625484f;
    static final float ERF_Q5 = 3.80917e-05f;

    static final float EXP_0 = 1.0f;
    static final float EXP_1 = 1.0f;
    static final float EXP_2 = 0.49999994f;
    static final float EXP_3 = 0.16666518f;
    static final float EXP_4 = 0.041668415f;
    static final float EXP_5 = 0.008369001f;
    static final float EXP_6 = 0.0013814011f;

    static final float LOG1P_P0 = 1.0f;
    static final float LOG1P_P1 = 1.0662186f;
    static final float LOG1P_P2 = 0.23815763f;
    static final float LOG1P_P3 = 0.003417285f;
    static final float LOG1P_Q0 = 1.0f;
    static final float LOG1P_Q1 = 1.5662185f;
    static final float LOG1P_Q2 = 0.6879365f;
    static final float LOG1P_Q3 = 0.07528732f;

    static final float LOG2_E = 1.442695f;
    /** The logarithm of 2 in two parts. */
    static final float LN2 = 0.6931472f;

    static final float LN2_REST = -1.9046542e-9f;
    /** Below this exp rounds to 0. */
    static final float EXP_LEAST = -104f;
    /** Above this exp is infinite. */
    static final float EXP_MOST = 89f;
    /** Below this e^x adds nothing to 1, and the halved factor is no longer a normal number. */
    static final float SIGMOID_LEAST = -86f;
    /** Adding this rounds to an integer, which then stands in the lowest bits. */
    static final float ROUND = 0x1.8p23f;
    /** As {@link #ROUND}, with the bias of the exponent. */
    static final float ROUND_BIASED = 0x1.8p23f + 127;
    /** As {@link #ROUND_BIASED} less 1, so that the factor of the largest finite powers is finite itself. */
    static final float ROUND_HALVED = 0x1.8p23f + 126;
    /** The bits of the fraction of a float. */
    static final int FRACTION_BITS = 23;

    private Approximation() {}

    static float tanh(float a) {
        float x = Math.max(Math.min(a, TANH_ONE), -TANH_ONE);
        float u = x * x;
        float p = Math.fma(TANH_P5, u, TANH_P4);
        p = Math.fma(p, u, TANH_P3);
        p = Math.fma(p, u, TANH_P2);
        p = Math.fma(p, u, TANH_P1);
        p = Math.fma(p, u, TANH_P0);
        float q = Math.fma(TANH_Q4, u, TANH_Q3);
        q = Math.fma(q, u, TANH_Q2);
        q = Math.fma(q, u, TANH_Q1);
        q = Math.fma(q, u, TANH_Q0);
        return Math.max(Math.min(x * p / q, 1f), -1f);
    }

    static float erf(float a) {
        float x = Math.max(Math.min(a, ERF_ONE), -ERF_ONE);
        float u = x * x;
        float p = Math.fma(ERF_P5, u, ERF_P4);
        p = Math.fma(p, u, ERF_P3);
        p = Math.fma(p, u, ERF_P2);
        p = Math.fma(p, u, ERF_P1);
        p = Math.fma(p, u, ERF_P0);
        float q = Math.fma(ERF_Q5, u, ERF_Q4);
        q = Math.fma(q, u, ERF_Q3);
        q = Math.fma(q, u, ERF_Q2);
        q = Math.fma(q, u, ERF_Q1);
        q = Math.fma(q, u, ERF_Q0);
        return Math.max(Math.min(x * p / q, 1f), -1f);
    }

    static float exp(float a) {
        float x = Math.max(Math.min(a, EXP_MOST), EXP_LEAST);
        float n = Math.fma(x, LOG2_E, ROUND) - ROUND;
        float f = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
        float p = Math.fma(EXP_6, f, EXP_5);
        p = Math.fma(p, f, EXP_4);
        p = Math.fma(p, f, EXP_3);
        p = Math.fma(p, f, EXP_2);
        p = Math.fma(p, f, EXP_1);
        p = Math.fma(p, f, EXP_0);
        float half = Math.fma(n, 0.5f, ROUND_BIASED);
        float rest = n - (half - ROUND_BIASED) + ROUND_BIASED;
        return p * power(half) * power(rest);
    }

    static float sigmoid(float a) {
        float x = Math.max(Math.min(-a, EXP_MOST), SIGMOID_LEAST);
        float t = Math.fma(x, LOG2_E, ROUND_HALVED);
        float n = t - ROUND_HALVED;
        float f = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
        float p = Math.fma(EXP_6, f, EXP_5);
        p = Math.fma(p, f, EXP_4);
        p = Math.fma(p, f, EXP_3);
        p = Math.fma(p, f, EXP_2);
        p = Math.fma(p, f, EXP_1);
        p = Math.fma(p, f, EXP_0);
        return 1f / Math.fma(p + p, power(t), 1f);
    }

    static float expm1(float a) {
        float x = Math.max(Math.min(a, EXP_MOST), SIGMOID_LEAST);
        float t = Math.fma(x, LOG2_E, ROUND_HALVED);
        float n = t - ROUND_HALVED;
        float f = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
        float p = Math.fma(EXP_6, f, EXP_5);
        p = Math.fma(p, f, EXP_4);
        p = Math.fma(p, f, EXP_3);
        p = Math.fma(p, f, EXP_2);
        p = Math.fma(p, f * f, f);
        float half = power(t);
        float y = Math.fma(p, half, half - 0.5f);
        return y + y;
    }

    static float softplus(float a) {
        float x = Math.max(-Math.abs(a), SIGMOID_LEAST);
        float t = Math.fma(x, LOG2_E, ROUND_HALVED);
        float n = t - ROUND_HALVED;
        float f = Math.fma(n, -LN2_REST, Math.fma(n, -LN2, x));
        float p = Math.fma(EXP_6, f, EXP_5);
        p = Math.fma(p, f, EXP_4);
        p = Math.fma(p, f, EXP_3);
        p = Math.fma(p, f, EXP_2);
        p = Math.fma(p, f, EXP_1);
        p = Math.fma(p, f, EXP_0);
        float u = (p + p) * power(t);
        float v = Math.fma(LOG1P_P3, u, LOG1P_P2);
        v = Math.fma(v, u, LOG1P_P1);
        v = Math.fma(v, u, LOG1P_P0);
        float w = Math.fma(LOG1P_Q3, u, LOG1P_Q2);
        w = Math.fma(w, u, LOG1P_Q1);
        w = Math.fma(w, u, LOG1P_Q0);
        return Math.max(a, 0f) + u * v / w;
    }

    private static float power(float biased) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(biased) << FRACTION_BITS);
    }
}
