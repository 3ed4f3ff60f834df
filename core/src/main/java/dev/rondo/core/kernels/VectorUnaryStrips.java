package dev.rondo.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The elementwise instructions of one array, and of one array and scalars. The tails round exactly as the vectors do. */
final class VectorUnaryStrips {
    private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
    private static final int L = S.length();
    private static final FloatVector ZERO = FloatVector.zero(S);
    private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

    private VectorUnaryStrips() {}

    static void neg(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).neg().intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = -a[ao + i];
        }
    }

    static void sqrt(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).sqrt().intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = (float) Math.sqrt(a[ao + i]);
        }
    }

    static void rsqrt(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ONE.div(FloatVector.fromArray(S, a, ao + i).sqrt()).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = 1f / (float) Math.sqrt(a[ao + i]);
        }
    }

    static void abs(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).abs().intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.abs(a[ao + i]);
        }
    }

    static void sign(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            x.blend(1f, x.compare(VectorOperators.GT, 0f))
                    .blend(-1f, x.compare(VectorOperators.LT, 0f))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.signum(a[ao + i]);
        }
    }

    static void square(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            x.mul(x).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * a[ao + i];
        }
    }

    static void relu(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            x.blend(0f, x.compare(VectorOperators.LT, 0f)).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] < 0f ? 0f : a[ao + i];
        }
    }

    static void oneMinus(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ONE.sub(FloatVector.fromArray(S, a, ao + i)).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = 1f - a[ao + i];
        }
    }

    static void addS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).add(s).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] + s;
        }
    }

    static void rsubS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.broadcast(S, s).sub(FloatVector.fromArray(S, a, ao + i)).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = s - a[ao + i];
        }
    }

    static void mulS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).mul(s).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] * s;
        }
    }

    static void divS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).div(s).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] / s;
        }
    }

    static void rdivS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.broadcast(S, s).div(FloatVector.fromArray(S, a, ao + i)).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = s / a[ao + i];
        }
    }

    static void minS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).min(s).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.min(a[ao + i], s);
        }
    }

    static void maxS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).max(s).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.max(a[ao + i], s);
        }
    }

    static void lessS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ZERO.blend(1f, FloatVector.fromArray(S, a, ao + i).compare(VectorOperators.LT, s))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] < s ? 1f : 0f;
        }
    }

    static void greaterS(int n, float[] out, int o, float[] a, int ao, float s) {
        int i = 0;
        for (; i <= n - L; i += L) {
            ZERO.blend(1f, FloatVector.fromArray(S, a, ao + i).compare(VectorOperators.GT, s))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = a[ao + i] > s ? 1f : 0f;
        }
    }

    static void clamp(int n, float[] out, int o, float[] a, int ao, float s, float t) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector.fromArray(S, a, ao + i).max(s).min(t).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Math.min(Math.max(a[ao + i], s), t);
        }
    }
}
