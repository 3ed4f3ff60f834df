package dev.rondo.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The elementwise instructions of three and four arrays. The tails round exactly as the vectors do. */
final class VectorFusedStrips {
    private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
    private static final int L = S.length();
    private static final FloatVector ZERO = FloatVector.zero(S);
    private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

    private VectorFusedStrips() {}

    static void select(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, c, co + i)
                    .blend(
                            FloatVector.fromArray(S, b, bo + i),
                            FloatVector.fromArray(S, a, ao + i).compare(VectorOperators.NE, 0f))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] != 0f ? b[bo + i] : c[co + i];
        }
    }

    static void lerp(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            FloatVector.fromArray(S, c, co + i)
                    .fma(FloatVector.fromArray(S, b, bo + i).sub(x), x)
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(c[co + i], b[bo + i] - a[ao + i], a[ao + i]);
        }
    }

    static void fma(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .fma(FloatVector.fromArray(S, b, bo + i), FloatVector.fromArray(S, c, co + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(a[ao + i], b[bo + i], c[co + i]);
        }
    }

    static void fnma(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .neg()
                    .fma(FloatVector.fromArray(S, b, bo + i), FloatVector.fromArray(S, c, co + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(-a[ao + i], b[bo + i], c[co + i]);
        }
    }

    static void mulMul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .mul(FloatVector.fromArray(S, b, bo + i))
                    .mul(FloatVector.fromArray(S, c, co + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * c[co + i];
        }
    }

    static void subMul(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .sub(FloatVector.fromArray(S, b, bo + i))
                    .mul(FloatVector.fromArray(S, c, co + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = (a[ao + i] - b[bo + i]) * c[co + i];
        }
    }

    static void oneMinusMulAdd(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ONE.sub(FloatVector.fromArray(S, a, ao + i))
                    .fma(FloatVector.fromArray(S, b, bo + i), FloatVector.fromArray(S, c, co + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(1f - a[ao + i], b[bo + i], c[co + i]);
        }
    }

    static void mulAdd(
            int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] d, int dof) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .fma(
                            FloatVector.fromArray(S, b, bo + i),
                            FloatVector.fromArray(S, c, co + i).mul(FloatVector.fromArray(S, d, dof + i)))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(a[ao + i], b[bo + i], c[co + i] * d[dof + i]);
        }
    }

    static void subMulAdd(
            int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] d, int dof) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .sub(FloatVector.fromArray(S, b, bo + i))
                    .fma(FloatVector.fromArray(S, c, co + i), FloatVector.fromArray(S, d, dof + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.fma(a[ao + i] - b[bo + i], c[co + i], d[dof + i]);
        }
    }

    static void mulSigmoidGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        FloatVector one = FloatVector.broadcast(S, 1);
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector y = FloatVector.fromArray(S, c, co + i);
            FloatVector.fromArray(S, a, ao + i)
                    .mul(FloatVector.fromArray(S, b, bo + i))
                    .mul(one.sub(y).mul(y))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * ((1 - c[co + i]) * c[co + i]);
        }
    }

    static void mulTanhGrad(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        FloatVector one = FloatVector.broadcast(S, 1);
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector y = FloatVector.fromArray(S, c, co + i);
            FloatVector.fromArray(S, a, ao + i)
                    .mul(FloatVector.fromArray(S, b, bo + i))
                    .mul(one.sub(y.mul(y)))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * (1 - c[co + i] * c[co + i]);
        }
    }

    static void mulTanhGradAdd(
            int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] d, int dof) {
        FloatVector one = FloatVector.broadcast(S, 1);
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector y = FloatVector.fromArray(S, c, co + i);
            FloatVector.fromArray(S, a, ao + i)
                    .mul(FloatVector.fromArray(S, b, bo + i))
                    .mul(one.sub(y.mul(y)))
                    .add(FloatVector.fromArray(S, d, dof + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * b[bo + i] * (1 - c[co + i] * c[co + i]) + d[dof + i];
        }
    }

    static void add3(int n, float[] out, int o, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i)
                    .add(FloatVector.fromArray(S, b, bo + i))
                    .add(FloatVector.fromArray(S, c, co + i))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] + b[bo + i] + c[co + i];
        }
    }
}
