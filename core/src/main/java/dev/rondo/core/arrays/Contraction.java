package dev.rondo.core.arrays;

import java.util.Arrays;

/**
 * Sums products over axes: {@code out[…] = Σ a[…] · b[…]}, each sum in double and in a fixed order.
 *
 * <p>Matrix products, outer products and sums over some of the axes are all of this form.
 */
final class Contraction implements Instruction {
    private final Value out;
    private final Value a;
    private final Value b;
    private final Nest rows;
    private final Nest summed;
    private final int aStride;
    private final int bStride;
    private final double[] sums;

    /**
     * @param sizes of the axes of the result, the innermost last; at least one
     * @param summedSizes of the axes that are summed over
     */
    Contraction(
            Value out,
            int[] sizes,
            Value a,
            int[] aStrides,
            Value b,
            int[] bStrides,
            int[] summedSizes,
            int[] aSummed,
            int[] bSummed) {
        this.out = out;
        this.a = a;
        this.b = b;
        int last = sizes.length - 1;
        rows = new Nest(Arrays.copyOf(sizes, last), Arrays.copyOf(aStrides, last), Arrays.copyOf(bStrides, last));
        summed = new Nest(summedSizes, aSummed, bSummed);
        aStride = aStrides[last];
        bStride = bStrides[last];
        sums = new double[sizes[last]];
    }

    @Override
    public void run() {
        float[] target = out.values();
        float[] left = a.values();
        float[] right = b.values();
        int terms = summed.count();
        rows.start(0, 0);
        for (int row = 0, count = rows.count(); row < count; row++) {
            Arrays.fill(sums, 0);
            summed.start(rows.at[0], rows.at[1]);
            for (int term = 0; term < terms; term++) {
                add(left, summed.at[0], right, summed.at[1]);
                summed.next();
            }
            for (int j = 0; j < sums.length; j++) {
                target[row * sums.length + j] = (float) sums[j];
            }
            rows.next();
        }
    }

    private void add(float[] left, int l, float[] right, int r) {
        if (aStride == 0 && bStride == 1) {
            double factor = left[l];
            for (int j = 0; j < sums.length; j++) {
                sums[j] += factor * right[r + j];
            }
        } else {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += (double) left[l + j * aStride] * right[r + j * bStride];
            }
        }
    }
}
