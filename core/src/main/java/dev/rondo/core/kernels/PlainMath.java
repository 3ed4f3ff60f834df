package dev.rondo.core.kernels;

import static dev.rondo.core.kernels.Approximation.ERF_ONE;
import static dev.rondo.core.kernels.Approximation.ERF_P0;
import static dev.rondo.core.kernels.Approximation.ERF_P1;
import static dev.rondo.core.kernels.Approximation.ERF_P2;
import static dev.rondo.core.kernels.Approximation.ERF_P3;
import static dev.rondo.core.kernels.Approximation.ERF_P4;
import static dev.rondo.core.kernels.Approximation.ERF_P5;
import static dev.rondo.core.kernels.Approximation.ERF_Q0;
import static dev.rondo.core.kernels.Approximation.ERF_Q1;
import static dev.rondo.core.kernels.Approximation.ERF_Q2;
import static dev.rondo.core.kernels.Approximation.ERF_Q3;
import static dev.rondo.core.kernels.Approximation.ERF_Q4;
import static dev.rondo.core.kernels.Approximation.ERF_Q5;
import static dev.rondo.core.kernels.Approximation.TANH_ONE;
import static dev.rondo.core.kernels.Approximation.TANH_P0;
import static dev.rondo.core.kernels.Approximation.TANH_P1;
import static dev.rondo.core.kernels.Approximation.TANH_P2;
import static dev.rondo.core.kernels.Approximation.TANH_P3;
import static dev.rondo.core.kernels.Approximation.TANH_P4;
import static dev.rondo.core.kernels.Approximation.TANH_P5;
import static dev.rondo.core.kernels.Approximation.TANH_Q0;
import static dev.rondo.core.kernels.Approximation.TANH_Q1;
import static dev.rondo.core.kernels.Approximation.TANH_Q2;
import static dev.rondo.core.kernels.Approximation.TANH_Q3;
import static dev.rondo.core.kernels.Approximation.TANH_Q4;

/** Scalar functions of the plain kernels, without fused operations, in a form the JIT compiler can turn into vectors. */
final class PlainMath {
    private PlainMath() {}

    static float exp(float x) {
        return (float) Math.exp(x);
    }

    static float sigmoid(float x) {
        return 0.5f * tanh(0.5f * x) + 0.5f;
    }

    static float tanh(float a) {
        float x = Math.max(Math.min(a, TANH_ONE), -TANH_ONE);
        float u = x * x;
        float p = TANH_P5 * u + TANH_P4;
        p = p * u + TANH_P3;
        p = p * u + TANH_P2;
        p = p * u + TANH_P1;
        p = p * u + TANH_P0;
        float q = TANH_Q4 * u + TANH_Q3;
        q = q * u + TANH_Q2;
        q = q * u + TANH_Q1;
        q = q * u + TANH_Q0;
        return Math.max(Math.min(x * p / q, 1f), -1f);
    }

    static float erf(float a) {
        float x = Math.max(Math.min(a, ERF_ONE), -ERF_ONE);
        float u = x * x;
        float p = ERF_P5 * u + ERF_P4;
        p = p * u + ERF_P3;
        p = p * u + ERF_P2;
        p = p * u + ERF_P1;
        p = p * u + ERF_P0;
        float q = ERF_Q5 * u + ERF_Q4;
        q = q * u + ERF_Q3;
        q = q * u + ERF_Q2;
        q = q * u + ERF_Q1;
        q = q * u + ERF_Q0;
        return Math.max(Math.min(x * p / q, 1f), -1f);
    }

    static float softplus(float x) {
        return (float) (Math.max(x, 0f) + Math.log1p(Math.exp(-Math.abs(x))));
    }
}
