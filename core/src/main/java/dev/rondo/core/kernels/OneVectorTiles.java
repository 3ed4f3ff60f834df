package dev.rondo.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of outer products in tiles one vector wide, for 1 to 5 rows: {@code out[r][·] = add[r][·] + Σ_k a[r][k] · w[k][·]}.
 *
 * <p>Row r of a, out and add begins at its own offset. From one k to the next a advances by aStep, w by wStep. Bodies are
 * written out, for the JIT compiler gives up on helper methods that return vectors when they are inlined this often.
 */
final class OneVectorTiles {
    private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
    private static final int L = S.length();

    private OneVectorTiles() {}

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
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        FloatVector s20 = FloatVector.fromArray(S, add, d2);
        FloatVector s30 = FloatVector.fromArray(S, add, d3);
        FloatVector s40 = FloatVector.fromArray(S, add, d4);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
            FloatVector x2 = FloatVector.broadcast(S, a[a2 + ka]);
            s20 = x2.fma(w0, s20);
            FloatVector x3 = FloatVector.broadcast(S, a[a3 + ka]);
            s30 = x3.fma(w0, s30);
            FloatVector x4 = FloatVector.broadcast(S, a[a4 + ka]);
            s40 = x4.fma(w0, s40);
        }
        s00.intoArray(out, o0);
        s10.intoArray(out, o1);
        s20.intoArray(out, o2);
        s30.intoArray(out, o3);
        s40.intoArray(out, o4);
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
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        FloatVector s20 = FloatVector.fromArray(S, add, d2);
        FloatVector s30 = FloatVector.fromArray(S, add, d3);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
            FloatVector x2 = FloatVector.broadcast(S, a[a2 + ka]);
            s20 = x2.fma(w0, s20);
            FloatVector x3 = FloatVector.broadcast(S, a[a3 + ka]);
            s30 = x3.fma(w0, s30);
        }
        s00.intoArray(out, o0);
        s10.intoArray(out, o1);
        s20.intoArray(out, o2);
        s30.intoArray(out, o3);
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
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        FloatVector s20 = FloatVector.fromArray(S, add, d2);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
            FloatVector x2 = FloatVector.broadcast(S, a[a2 + ka]);
            s20 = x2.fma(w0, s20);
        }
        s00.intoArray(out, o0);
        s10.intoArray(out, o1);
        s20.intoArray(out, o2);
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
        FloatVector s10 = FloatVector.fromArray(S, add, d1);
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
            FloatVector x1 = FloatVector.broadcast(S, a[a1 + ka]);
            s10 = x1.fma(w0, s10);
        }
        s00.intoArray(out, o0);
        s10.intoArray(out, o1);
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
        for (int k = 0, ka = 0, kw = wo; k < n; k++, ka += aStep, kw += wStep) {
            FloatVector w0 = FloatVector.fromArray(S, w, kw);
            FloatVector x0 = FloatVector.broadcast(S, a[a0 + ka]);
            s00 = x0.fma(w0, s00);
        }
        s00.intoArray(out, o0);
    }
}
