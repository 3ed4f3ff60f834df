package dev.rondo.core.kernels;

/** Scalar functions of the plain kernels. */
final class PlainMath {
    private PlainMath() {}

    static float exp(float x) {
        return (float) Math.exp(x);
    }

    static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    static float tanh(float x) {
        return (float) Math.tanh(x);
    }

    static float softplus(float x) {
        return (float) (Math.max(x, 0f) + Math.log1p(Math.exp(-Math.abs(x))));
    }

    static float erf(float x) {
        return (float) Erf.of(x);
    }
}
