package dev.rondo.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of outer products in tiles three vectors wide, for 1 to 5 rows: {@code out[r][·] = add[r][·] + Σ_k a[r][k] · w[k][·]}.
 *
 * <p>Row r of a, out and add begins at its own offset. From one k to the next a advances by aStep, w by wStep. Bodies are
 * written out, for the JIT compiler gives up on helper methods that return vectors when they are inlined this often.
 */
final class ThreeVectorTiles {
    private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
    private static final int L = S.length();

    private ThreeVectorTiles() {}

    static void rows5(
            int n,
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int aStep,
            float[] w,
            int wo,
            int wStep,
            float[] out,
            int o0,
            int o1,
            int o2,
            int o3,
            int o4,
            float[] add,
            int d0,
            int d1,
            int d2,
            int d3,
            int d4) {
        FloatVector s00 = FloatVector.fromArray(S, add, d0);
        FloatVector s01 = FloatVector.fromArray(S, add, d0 + L);
        FloatVector s02 = FloatVector.fromArray(S, add, d0 + 2 * L);
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        FloatVector s11 = FloatVector.fromArray(S, add, d1 + L);
        FloatVector s12 = FloatVector.fromArray(S, add, d1 + 2 * L);
        FloatVector s20 = FloatVector.fromArray(S, add, d2);
        FloatVector s21 = FloatVector.fromArray(S, add, d2 + L);
        FloatVector s22 = FloatVector.fromArray(S, add, d2 + 2 * L);
        FloatVector s30 = FloatVector.fromArray(S, add, d3);
        FloatVector s31 = FloatVector.fromArray(S, add, d3 + L);
        FloatVector s32 = FloatVector.fromArray(S, add, d3 + 2 * L);
        FloatVector s40 = FloatVector.fromArray(S, add, d4);
        FloatVector s41 = FloatVector.fromArray(S, add, d4 + L);
        FloatVector s42 = FloatVector.fromArray(S, add, d4 + 2 * L);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector w1 = FloatVector.fromArray(S, w, kw + L);
            FloatVector w2 = FloatVector.fromArray(S, w, kw + 2 * L);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            s01 = x0.fma(w1, s01);
            s02 = x0.fma(w2, s02);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
            s11 = x1.fma(w1, s11);
            s12 = x1.fma(w2, s12);
            FloatVector x2 = FloatVector.broadcast(S, a[a2 + ka]);
            s20 = x2.fma(w0, s20);
            s21 = x2.fma(w1, s21);
            s22 = x2.fma(w2, s22);
            FloatVector x3 = FloatVector.broadcast(S, a[a3 + ka]);
            s30 = x3.fma(w0, s30);
            s31 = x3.fma(w1, s31);
            s32 = x3.fma(w2, s32);
            FloatVector x4 = FloatVector.broadcast(S, a[a4 + ka]);
            s40 = x4.fma(w0, s40);
            s41 = x4.fma(w1, s41);
            s42 = x4.fma(w2, s42);
        }
        s00.intoArray(out, o0);
        s01.intoArray(out, o0 + L);
        s02.intoArray(out, o0 + 2 * L);
        s10.intoArray(out, o1);
        s11.intoArray(out, o1 + L);
        s12.intoArray(out, o1 + 2 * L);
        s20.intoArray(out, o2);
        s21.intoArray(out, o2 + L);
        s22.intoArray(out, o2 + 2 * L);
        s30.intoArray(out, o3);
        s31.intoArray(out, o3 + L);
        s32.intoArray(out, o3 + 2 * L);
        s40.intoArray(out, o4);
        s41.intoArray(out, o4 + L);
        s42.intoArray(out, o4 + 2 * L);
    }

    static void rows4(
            int n,
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int aStep,
            float[] w,
            int wo,
            int wStep,
            float[] out,
            int o0,
            int o1,
            int o2,
            int o3,
            float[] add,
            int d0,
            int d1,
            int d2,
            int d3) {
        FloatVector s00 = FloatVector.fromArray(S, add, d0);
        FloatVector s01 = FloatVector.fromArray(S, add, d0 + L);
        FloatVector s02 = FloatVector.fromArray(S, add, d0 + 2 * L);
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        FloatVector s11 = FloatVector.fromArray(S, add, d1 + L);
        FloatVector s12 = FloatVector.fromArray(S, add, d1 + 2 * L);
        FloatVector s20 = FloatVector.fromArray(S, add, d2);
        FloatVector s21 = FloatVector.fromArray(S, add, d2 + L);
        FloatVector s22 = FloatVector.fromArray(S, add, d2 + 2 * L);
        FloatVector s30 = FloatVector.fromArray(S, add, d3);
        FloatVector s31 = FloatVector.fromArray(S, add, d3 + L);
        FloatVector s32 = FloatVector.fromArray(S, add, d3 + 2 * L);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector w1 = FloatVector.fromArray(S, w, kw + L);
            FloatVector w2 = FloatVector.fromArray(S, w, kw + 2 * L);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            s01 = x0.fma(w1, s01);
            s02 = x0.fma(w2, s02);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
            s11 = x1.fma(w1, s11);
            s12 = x1.fma(w2, s12);
            FloatVector x2 = FloatVector.broadcast(S, a[a2 + ka]);
            s20 = x2.fma(w0, s20);
            s21 = x2.fma(w1, s21);
            s22 = x2.fma(w2, s22);
            FloatVector x3 = FloatVector.broadcast(S, a[a3 + ka]);
            s30 = x3.fma(w0, s30);
            s31 = x3.fma(w1, s31);
            s32 = x3.fma(w2, s32);
        }
        s00.intoArray(out, o0);
        s01.intoArray(out, o0 + L);
        s02.intoArray(out, o0 + 2 * L);
        s10.intoArray(out, o1);
        s11.intoArray(out, o1 + L);
        s12.intoArray(out, o1 + 2 * L);
        s20.intoArray(out, o2);
        s21.intoArray(out, o2 + L);
        s22.intoArray(out, o2 + 2 * L);
        s30.intoArray(out, o3);
        s31.intoArray(out, o3 + L);
        s32.intoArray(out, o3 + 2 * L);
    }

    static void rows3(
            int n,
            float[] a,
            int a0,
            int a1,
            int a2,
            int aStep,
            float[] w,
            int wo,
            int wStep,
            float[] out,
            int o0,
            int o1,
            int o2,
            float[] add,
            int d0,
            int d1,
            int d2) {
        FloatVector s00 = FloatVector.fromArray(S, add, d0);
        FloatVector s01 = FloatVector.fromArray(S, add, d0 + L);
        FloatVector s02 = FloatVector.fromArray(S, add, d0 + 2 * L);
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        FloatVector s11 = FloatVector.fromArray(S, add, d1 + L);
        FloatVector s12 = FloatVector.fromArray(S, add, d1 + 2 * L);
        FloatVector s20 = FloatVector.fromArray(S, add, d2);
        FloatVector s21 = FloatVector.fromArray(S, add, d2 + L);
        FloatVector s22 = FloatVector.fromArray(S, add, d2 + 2 * L);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector w1 = FloatVector.fromArray(S, w, kw + L);
            FloatVector w2 = FloatVector.fromArray(S, w, kw + 2 * L);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            s01 = x0.fma(w1, s01);
            s02 = x0.fma(w2, s02);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
            s11 = x1.fma(w1, s11);
            s12 = x1.fma(w2, s12);
            FloatVector x2 = FloatVector.broadcast(S, a[a2 + ka]);
            s20 = x2.fma(w0, s20);
            s21 = x2.fma(w1, s21);
            s22 = x2.fma(w2, s22);
        }
        s00.intoArray(out, o0);
        s01.intoArray(out, o0 + L);
        s02.intoArray(out, o0 + 2 * L);
        s10.intoArray(out, o1);
        s11.intoArray(out, o1 + L);
        s12.intoArray(out, o1 + 2 * L);
        s20.intoArray(out, o2);
        s21.intoArray(out, o2 + L);
        s22.intoArray(out, o2 + 2 * L);
    }

    static void rows2(
            int n,
            float[] a,
            int a0,
            int a1,
            int aStep,
            float[] w,
            int wo,
            int wStep,
            float[] out,
            int o0,
            int o1,
            float[] add,
            int d0,
            int d1) {
        FloatVector s00 = FloatVector.fromArray(S, add, d0);
        FloatVector s01 = FloatVector.fromArray(S, add, d0 + L);
        FloatVector s02 = FloatVector.fromArray(S, add, d0 + 2 * L);
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        FloatVector s11 = FloatVector.fromArray(S, add, d1 + L);
        FloatVector s12 = FloatVector.fromArray(S, add, d1 + 2 * L);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector w1 = FloatVector.fromArray(S, w, kw + L);
            FloatVector w2 = FloatVector.fromArray(S, w, kw + 2 * L);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            s01 = x0.fma(w1, s01);
            s02 = x0.fma(w2, s02);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
            s11 = x1.fma(w1, s11);
            s12 = x1.fma(w2, s12);
        }
        s00.intoArray(out, o0);
        s01.intoArray(out, o0 + L);
        s02.intoArray(out, o0 + 2 * L);
        s10.intoArray(out, o1);
        s11.intoArray(out, o1 + L);
        s12.intoArray(out, o1 + 2 * L);
    }

    static void rows1(
            int n,
            float[] a,
            int a0,
            int aStep,
            float[] w,
            int wo,
            int wStep,
            float[] out,
            int o0,
            float[] add,
            int d0) {
        FloatVector s00 = FloatVector.fromArray(S, add, d0);
        FloatVector s01 = FloatVector.fromArray(S, add, d0 + L);
        FloatVector s02 = FloatVector.fromArray(S, add, d0 + 2 * L);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector w1 = FloatVector.fromArray(S, w, kw + L);
            FloatVector w2 = FloatVector.fromArray(S, w, kw + 2 * L);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            s01 = x0.fma(w1, s01);
            s02 = x0.fma(w2, s02);
        }
        s00.intoArray(out, o0);
        s01.intoArray(out, o0 + L);
        s02.intoArray(out, o0 + 2 * L);
    }
}
