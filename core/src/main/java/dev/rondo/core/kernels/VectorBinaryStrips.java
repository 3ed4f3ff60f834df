package dev.rondo.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The elementwise instructions of two arrays, and of two arrays and scalars. The tails round exactly as the vectors do. */
final class VectorBinaryStrips {
    private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
    private static final int L = S.length();
    private static final FloatVector ZERO = FloatVector.zero(S);
    private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

    private VectorBinaryStrips() {}

    static void add(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .add(FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] + b[bo + i];
        }
    }

    static void sub(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .sub(FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] - b[bo + i];
        }
    }

    static void mul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .mul(FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i];
        }
    }

    static void div(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .div(FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] / b[bo + i];
        }
    }

    static void min(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .min(FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.min(a[ao + i], b[bo + i]);
        }
    }

    static void max(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .max(FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.max(a[ao + i], b[bo + i]);
        }
    }

    static void less(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ZERO.blend(
                            1f,
                            FloatVector.fromArray(S, a, ao + i)
                                    .compare(VectorOperators.LT, FloatVector.fromArray(S, b, bo + i)))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] < b[bo + i] ? 1f : 0f;
        }
    }

    static void oneMinusMul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ONE.sub(FloatVector.fromArray(S, a, ao + i))
                    .mul(FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = (1f - a[ao + i]) * b[bo + i];
        }
    }

    static void sigmoidGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, b, bo + i);
            FloatVector.fromArray(S, a, ao + i).mul(x).mul(ONE.sub(x)).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * (1f - b[bo + i]);
        }
    }

    static void tanhGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, b, bo + i);
            FloatVector.fromArray(S, a, ao + i).mul(x.neg().fma(x, ONE)).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * Math.fma(-b[bo + i], b[bo + i], 1f);
        }
    }

    static void reluGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ZERO.blend(
                            FloatVector.fromArray(S, a, ao + i),
                            FloatVector.fromArray(S, b, bo + i).compare(VectorOperators.GT, 0f))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = b[bo + i] > 0f ? a[ao + i] : 0f;
        }
    }

    static void absGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, b, bo + i);
            FloatVector.fromArray(S, a, ao + i)
                    .mul(x.blend(1f, x.compare(VectorOperators.GT, 0f)).blend(-1f, x.compare(VectorOperators.LT, 0f)))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * Math.signum(b[bo + i]);
        }
    }

    static void mulSAdd(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .fma(FloatVector.broadcast(S, s), FloatVector.fromArray(S, b, bo + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(a[ao + i], s, b[bo + i]);
        }
    }

    static void mix(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float s, float t) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .fma(
                            FloatVector.broadcast(S, s),
                            FloatVector.fromArray(S, b, bo + i).mul(t))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(a[ao + i], s, b[bo + i] * t);
        }
    }
}
