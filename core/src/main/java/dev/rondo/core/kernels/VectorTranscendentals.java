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
import static dev.rondo.core.kernels.Approximation.EXP_0;
import static dev.rondo.core.kernels.Approximation.EXP_1;
import static dev.rondo.core.kernels.Approximation.EXP_2;
import static dev.rondo.core.kernels.Approximation.EXP_3;
import static dev.rondo.core.kernels.Approximation.EXP_4;
import static dev.rondo.core.kernels.Approximation.EXP_5;
import static dev.rondo.core.kernels.Approximation.EXP_6;
import static dev.rondo.core.kernels.Approximation.EXP_LEAST;
import static dev.rondo.core.kernels.Approximation.EXP_MOST;
import static dev.rondo.core.kernels.Approximation.FRACTION_BITS;
import static dev.rondo.core.kernels.Approximation.LN2;
import static dev.rondo.core.kernels.Approximation.LN2_REST;
import static dev.rondo.core.kernels.Approximation.LOG1P_P0;
import static dev.rondo.core.kernels.Approximation.LOG1P_P1;
import static dev.rondo.core.kernels.Approximation.LOG1P_P2;
import static dev.rondo.core.kernels.Approximation.LOG1P_P3;
import static dev.rondo.core.kernels.Approximation.LOG1P_Q0;
import static dev.rondo.core.kernels.Approximation.LOG1P_Q1;
import static dev.rondo.core.kernels.Approximation.LOG1P_Q2;
import static dev.rondo.core.kernels.Approximation.LOG1P_Q3;
import static dev.rondo.core.kernels.Approximation.LOG2_E;
import static dev.rondo.core.kernels.Approximation.ROUND;
import static dev.rondo.core.kernels.Approximation.ROUND_BIASED;
import static dev.rondo.core.kernels.Approximation.ROUND_HALVED;
import static dev.rondo.core.kernels.Approximation.SIGMOID_LEAST;
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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The elementary functions. The tails round exactly as the vectors do. */
final class VectorTranscendentals {
    private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
    private static final int L = S.length();
    private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

    private VectorTranscendentals() {}

    static void tanh(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            x = x.blend(TANH_ONE, x.compare(VectorOperators.GT, TANH_ONE))
                    .blend(-TANH_ONE, x.compare(VectorOperators.LT, -TANH_ONE));
            FloatVector u = x.mul(x);
            FloatVector p = u.fma(FloatVector.broadcast(S, TANH_P5), FloatVector.broadcast(S, TANH_P4));
            p = p.fma(u, FloatVector.broadcast(S, TANH_P3));
            p = p.fma(u, FloatVector.broadcast(S, TANH_P2));
            p = p.fma(u, FloatVector.broadcast(S, TANH_P1));
            p = p.fma(u, FloatVector.broadcast(S, TANH_P0));
            FloatVector q = u.fma(FloatVector.broadcast(S, TANH_Q4), FloatVector.broadcast(S, TANH_Q3));
            q = q.fma(u, FloatVector.broadcast(S, TANH_Q2));
            q = q.fma(u, FloatVector.broadcast(S, TANH_Q1));
            q = q.fma(u, FloatVector.broadcast(S, TANH_Q0));
            FloatVector y = x.mul(p).div(q);
            y.blend(1f, y.compare(VectorOperators.GT, 1f))
                    .blend(-1f, y.compare(VectorOperators.LT, -1f))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Approximation.tanh(a[ao + i]);
        }
    }

    static void erf(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            x = x.blend(ERF_ONE, x.compare(VectorOperators.GT, ERF_ONE))
                    .blend(-ERF_ONE, x.compare(VectorOperators.LT, -ERF_ONE));
            FloatVector u = x.mul(x);
            FloatVector p = u.fma(FloatVector.broadcast(S, ERF_P5), FloatVector.broadcast(S, ERF_P4));
            p = p.fma(u, FloatVector.broadcast(S, ERF_P3));
            p = p.fma(u, FloatVector.broadcast(S, ERF_P2));
            p = p.fma(u, FloatVector.broadcast(S, ERF_P1));
            p = p.fma(u, FloatVector.broadcast(S, ERF_P0));
            FloatVector q = u.fma(FloatVector.broadcast(S, ERF_Q5), FloatVector.broadcast(S, ERF_Q4));
            q = q.fma(u, FloatVector.broadcast(S, ERF_Q3));
            q = q.fma(u, FloatVector.broadcast(S, ERF_Q2));
            q = q.fma(u, FloatVector.broadcast(S, ERF_Q1));
            q = q.fma(u, FloatVector.broadcast(S, ERF_Q0));
            FloatVector y = x.mul(p).div(q);
            y.blend(1f, y.compare(VectorOperators.GT, 1f))
                    .blend(-1f, y.compare(VectorOperators.LT, -1f))
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Approximation.erf(a[ao + i]);
        }
    }

    static void exp(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            x = x.blend(EXP_MOST, x.compare(VectorOperators.GT, EXP_MOST))
                    .blend(EXP_LEAST, x.compare(VectorOperators.LT, EXP_LEAST));
            FloatVector power = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND))
                    .sub(ROUND);
            FloatVector f =
                    power.fma(FloatVector.broadcast(S, -LN2_REST), power.fma(FloatVector.broadcast(S, -LN2), x));
            FloatVector p = f.fma(FloatVector.broadcast(S, EXP_6), FloatVector.broadcast(S, EXP_5));
            p = p.fma(f, FloatVector.broadcast(S, EXP_4));
            p = p.fma(f, FloatVector.broadcast(S, EXP_3));
            p = p.fma(f, FloatVector.broadcast(S, EXP_2));
            p = p.fma(f, FloatVector.broadcast(S, EXP_1));
            p = p.fma(f, FloatVector.broadcast(S, EXP_0));
            FloatVector half = power.fma(FloatVector.broadcast(S, 0.5f), FloatVector.broadcast(S, ROUND_BIASED));
            FloatVector rest = power.sub(half.sub(ROUND_BIASED)).add(ROUND_BIASED);
            p.mul(half.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, FRACTION_BITS)
                            .reinterpretAsFloats())
                    .mul(rest.reinterpretAsInts()
                            .lanewise(VectorOperators.LSHL, FRACTION_BITS)
                            .reinterpretAsFloats())
                    .intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Approximation.exp(a[ao + i]);
        }
    }

    static void sigmoid(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i).neg();
            x = x.blend(EXP_MOST, x.compare(VectorOperators.GT, EXP_MOST))
                    .blend(SIGMOID_LEAST, x.compare(VectorOperators.LT, SIGMOID_LEAST));
            FloatVector t = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_HALVED));
            FloatVector power = t.sub(ROUND_HALVED);
            FloatVector f =
                    power.fma(FloatVector.broadcast(S, -LN2_REST), power.fma(FloatVector.broadcast(S, -LN2), x));
            FloatVector p = f.fma(FloatVector.broadcast(S, EXP_6), FloatVector.broadcast(S, EXP_5));
            p = p.fma(f, FloatVector.broadcast(S, EXP_4));
            p = p.fma(f, FloatVector.broadcast(S, EXP_3));
            p = p.fma(f, FloatVector.broadcast(S, EXP_2));
            p = p.fma(f, FloatVector.broadcast(S, EXP_1));
            p = p.fma(f, FloatVector.broadcast(S, EXP_0));
            FloatVector factor = t.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, FRACTION_BITS)
                    .reinterpretAsFloats();
            FloatVector y = p.add(p).fma(factor, ONE);
            ONE.div(y).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Approximation.sigmoid(a[ao + i]);
        }
    }

    static void expm1(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + i);
            x = x.blend(EXP_MOST, x.compare(VectorOperators.GT, EXP_MOST))
                    .blend(SIGMOID_LEAST, x.compare(VectorOperators.LT, SIGMOID_LEAST));
            FloatVector t = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_HALVED));
            FloatVector power = t.sub(ROUND_HALVED);
            FloatVector f =
                    power.fma(FloatVector.broadcast(S, -LN2_REST), power.fma(FloatVector.broadcast(S, -LN2), x));
            FloatVector p = f.fma(FloatVector.broadcast(S, EXP_6), FloatVector.broadcast(S, EXP_5));
            p = p.fma(f, FloatVector.broadcast(S, EXP_4));
            p = p.fma(f, FloatVector.broadcast(S, EXP_3));
            p = p.fma(f, FloatVector.broadcast(S, EXP_2));
            p = p.fma(f.mul(f), f);
            FloatVector half = t.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, FRACTION_BITS)
                    .reinterpretAsFloats();
            FloatVector y = p.fma(half, half.sub(0.5f));
            y.add(y).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Approximation.expm1(a[ao + i]);
        }
    }

    static void softplus(int n, float[] out, int o, float[] a, int ao) {
        int i = 0;
        for (; i <= n - L; i += L) {
            FloatVector z = FloatVector.fromArray(S, a, ao + i);
            FloatVector x = z.abs().neg();
            x = x.blend(SIGMOID_LEAST, x.compare(VectorOperators.LT, SIGMOID_LEAST));
            FloatVector t = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_HALVED));
            FloatVector power = t.sub(ROUND_HALVED);
            FloatVector f =
                    power.fma(FloatVector.broadcast(S, -LN2_REST), power.fma(FloatVector.broadcast(S, -LN2), x));
            FloatVector p = f.fma(FloatVector.broadcast(S, EXP_6), FloatVector.broadcast(S, EXP_5));
            p = p.fma(f, FloatVector.broadcast(S, EXP_4));
            p = p.fma(f, FloatVector.broadcast(S, EXP_3));
            p = p.fma(f, FloatVector.broadcast(S, EXP_2));
            p = p.fma(f, FloatVector.broadcast(S, EXP_1));
            p = p.fma(f, FloatVector.broadcast(S, EXP_0));
            FloatVector half = t.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, FRACTION_BITS)
                    .reinterpretAsFloats();
            FloatVector u = p.add(p).mul(half);
            FloatVector v = u.fma(FloatVector.broadcast(S, LOG1P_P3), FloatVector.broadcast(S, LOG1P_P2));
            v = v.fma(u, FloatVector.broadcast(S, LOG1P_P1));
            v = v.fma(u, FloatVector.broadcast(S, LOG1P_P0));
            FloatVector w = u.fma(FloatVector.broadcast(S, LOG1P_Q3), FloatVector.broadcast(S, LOG1P_Q2));
            w = w.fma(u, FloatVector.broadcast(S, LOG1P_Q1));
            w = w.fma(u, FloatVector.broadcast(S, LOG1P_Q0));
            z.blend(0f, z.compare(VectorOperators.LT, 0f)).add(u.mul(v).div(w)).intoArray(out, o + i);
        }
        for (; i < n; i++) {
            out[o + i] = Approximation.softplus(a[ao + i]);
        }
    }
}
