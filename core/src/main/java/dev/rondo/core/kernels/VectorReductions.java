package dev.rondo.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of products of rows, a column range at a time. */
final class VectorReductions {
    private static final VectorSpecies<Float> S = VectorKernels.SPECIES;
    private static final int L = S.length();

    private VectorReductions() {}

    static void dotRows(
            Plane a,
            Plane d,
            float[] v,
            int offset,
            boolean add,
            int firstStep,
            int steps,
            int firstRow,
            int rows,
            int firstColumn,
            int columns) {
        int end = firstColumn + columns;
        int column = firstColumn;
        for (; column + 4 * L <= end; column += 4 * L) {
            boolean more = add;
            for (int step = firstStep; step < firstStep + steps; step++) {
                int ao = a.at(step, firstRow) + column;
                int dof = d.at(step, firstRow) + column;
                four(rows, a.array(), ao, a.rowStride(), d.array(), dof, d.rowStride(), v, offset + column, more);
                more = true;
            }
        }
        for (; column + L <= end; column += L) {
            boolean more = add;
            for (int step = firstStep; step < firstStep + steps; step++) {
                int ao = a.at(step, firstRow) + column;
                int dof = d.at(step, firstRow) + column;
                one(rows, a.array(), ao, a.rowStride(), d.array(), dof, d.rowStride(), v, offset + column, more);
                more = true;
            }
        }
        for (; column < end; column++) {
            float sum = add ? v[offset + column] : 0f;
            for (int step = firstStep; step < firstStep + steps; step++) {
                int ao = a.at(step, firstRow) + column;
                int dof = d.at(step, firstRow) + column;
                for (int row = 0; row < rows; row++, ao += a.rowStride(), dof += d.rowStride()) {
                    sum = Math.fma(a.array()[ao], d.array()[dof], sum);
                }
            }
            v[offset + column] = sum;
        }
    }

    private static void four(
            int n, float[] a, int ao, int aStep, float[] d, int dof, int dStep, float[] v, int to, boolean add) {
        float[] from = add ? v : VectorProducts.ZEROS;
        int at = add ? to : 0;
        FloatVector s0 = FloatVector.fromArray(S, from, at);
        FloatVector s1 = FloatVector.fromArray(S, from, at + L);
        FloatVector s2 = FloatVector.fromArray(S, from, at + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, from, at + 3 * L);
        for (int r = 0, ka = ao, kd = dof; r < n; r++, ka += aStep, kd += dStep) {
            s0 = FloatVector.fromArray(S, a, ka).fma(FloatVector.fromArray(S, d, kd), s0);
            s1 = FloatVector.fromArray(S, a, ka + L).fma(FloatVector.fromArray(S, d, kd + L), s1);
            s2 = FloatVector.fromArray(S, a, ka + 2 * L).fma(FloatVector.fromArray(S, d, kd + 2 * L), s2);
            s3 = FloatVector.fromArray(S, a, ka + 3 * L).fma(FloatVector.fromArray(S, d, kd + 3 * L), s3);
        }
        s0.intoArray(v, to);
        s1.intoArray(v, to + L);
        s2.intoArray(v, to + 2 * L);
        s3.intoArray(v, to + 3 * L);
    }

    private static void one(
            int n, float[] a, int ao, int aStep, float[] d, int dof, int dStep, float[] v, int to, boolean add) {
        FloatVector s0 = FloatVector.fromArray(S, add ? v : VectorProducts.ZEROS, add ? to : 0);
        for (int r = 0, ka = ao, kd = dof; r < n; r++, ka += aStep, kd += dStep) {
            s0 = FloatVector.fromArray(S, a, ka).fma(FloatVector.fromArray(S, d, kd), s0);
        }
        s0.intoArray(v, to);
    }
}
