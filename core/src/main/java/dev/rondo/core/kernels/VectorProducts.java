package dev.rondo.core.kernels;

import org.jspecify.annotations.Nullable;

/** Cuts products into tiles of rows by panels of columns. */
final class VectorProducts {
    private static final int LANES = VectorKernels.SPECIES.length();
    /** The most rows of a tile: four vectors wide it takes four registers of sums for each, of 32 or 16. */
    static final int TILE_ROWS = LANES >= 16 || "aarch64".equals(System.getProperty("os.arch")) ? 5 : 3;

    /** The most vectors of a panel. */
    static final int PANEL_VECTORS = 4;

    /** The most columns of a panel. */
    static final int PANEL = PANEL_VECTORS * LANES;
    /** What tiles begin with where nothing is added. */
    static final float[] ZEROS = new float[PANEL];

    private VectorProducts() {}

    static void product(
            PackedMatrix weights,
            Plane[] operands,
            Plane[] outputs,
            @Nullable Plane[] addends,
            int firstStep,
            int steps,
            int firstRow,
            int rows) {
        int count = steps * rows;
        int tiles = (count + TILE_ROWS - 1) / TILE_ROWS;
        for (int p = 0; p < weights.panels; p++) {
            Plane out = outputs[weights.panelOutput[p]];
            Plane addend = addends[weights.panelOutput[p]];
            int column = weights.panelColumn[p];
            int width = weights.panelWidth[p];
            int r = 0;
            for (int tile = 0; tile < tiles; tile++) {
                int size = (count - r) / (tiles - tile);
                for (int i = 0; i < operands.length; i++) {
                    Plane a = operands[i];
                    int w = weights.panelStart[p] + weights.operandStart(i) * width;
                    Plane sum = i == 0 ? addend : out;
                    multiply(size, a, weights.data, w, width, out, sum, column, r, firstStep, firstRow, rows);
                }
                r += size;
            }
        }
    }

    private static void multiply(
            int size,
            Plane a,
            float[] w,
            int wo,
            int width,
            Plane out,
            @Nullable Plane sum,
            int column,
            int r,
            int firstStep,
            int firstRow,
            int rows) {
        int step = r / rows;
        int row = firstRow + r - step * rows;
        int last = firstRow + rows;
        step += firstStep;
        int a0 = a.at(step, row);
        int o0 = out.at(step, row) + column;
        int d0 = sum == null ? 0 : sum.at(step, row) + column;
        int a1 = a0;
        int o1 = o0;
        int d1 = d0;
        if (size > 1) {
            if (++row == last) {
                row = firstRow;
                step++;
            }
            a1 = a.at(step, row);
            o1 = out.at(step, row) + column;
            d1 = sum == null ? 0 : sum.at(step, row) + column;
        }
        int a2 = a0;
        int o2 = o0;
        int d2 = d0;
        if (size > 2) {
            if (++row == last) {
                row = firstRow;
                step++;
            }
            a2 = a.at(step, row);
            o2 = out.at(step, row) + column;
            d2 = sum == null ? 0 : sum.at(step, row) + column;
        }
        int a3 = a0;
        int o3 = o0;
        int d3 = d0;
        if (size > 3) {
            if (++row == last) {
                row = firstRow;
                step++;
            }
            a3 = a.at(step, row);
            o3 = out.at(step, row) + column;
            d3 = sum == null ? 0 : sum.at(step, row) + column;
        }
        int a4 = a0;
        int o4 = o0;
        int d4 = d0;
        if (size > 4) {
            if (++row == last) {
                row = firstRow;
                step++;
            }
            a4 = a.at(step, row);
            o4 = out.at(step, row) + column;
            d4 = sum == null ? 0 : sum.at(step, row) + column;
        }
        float[] add = sum == null ? ZEROS : sum.array();
        tile(
                size,
                width / LANES,
                a.width(),
                a.array(),
                a0,
                a1,
                a2,
                a3,
                a4,
                1,
                w,
                wo,
                width,
                out.array(),
                o0,
                o1,
                o2,
                o3,
                o4,
                add,
                d0,
                d1,
                d2,
                d3,
                d4);
    }

    static void tile(
            int size,
            int vectors,
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
        switch (vectors * 8 + size) {
            case 4 * 8 + 5 ->
                FourVectorTiles.rows5(
                        n, a, a0, a1, a2, a3, a4, aStep, w, wo, wStep, out, o0, o1, o2, o3, o4, add, d0, d1, d2, d3,
                        d4);
            case 4 * 8 + 4 ->
                FourVectorTiles.rows4(
                        n, a, a0, a1, a2, a3, aStep, w, wo, wStep, out, o0, o1, o2, o3, add, d0, d1, d2, d3);
            case 4 * 8 + 3 ->
                FourVectorTiles.rows3(n, a, a0, a1, a2, aStep, w, wo, wStep, out, o0, o1, o2, add, d0, d1, d2);
            case 4 * 8 + 2 -> FourVectorTiles.rows2(n, a, a0, a1, aStep, w, wo, wStep, out, o0, o1, add, d0, d1);
            case 4 * 8 + 1 -> FourVectorTiles.rows1(n, a, a0, aStep, w, wo, wStep, out, o0, add, d0);
            case 3 * 8 + 5 ->
                ThreeVectorTiles.rows5(
                        n, a, a0, a1, a2, a3, a4, aStep, w, wo, wStep, out, o0, o1, o2, o3, o4, add, d0, d1, d2, d3,
                        d4);
            case 3 * 8 + 4 ->
                ThreeVectorTiles.rows4(
                        n, a, a0, a1, a2, a3, aStep, w, wo, wStep, out, o0, o1, o2, o3, add, d0, d1, d2, d3);
            case 3 * 8 + 3 ->
                ThreeVectorTiles.rows3(n, a, a0, a1, a2, aStep, w, wo, wStep, out, o0, o1, o2, add, d0, d1, d2);
            case 3 * 8 + 2 -> ThreeVectorTiles.rows2(n, a, a0, a1, aStep, w, wo, wStep, out, o0, o1, add, d0, d1);
            case 3 * 8 + 1 -> ThreeVectorTiles.rows1(n, a, a0, aStep, w, wo, wStep, out, o0, add, d0);
            case 2 * 8 + 5 ->
                TwoVectorTiles.rows5(
                        n, a, a0, a1, a2, a3, a4, aStep, w, wo, wStep, out, o0, o1, o2, o3, o4, add, d0, d1, d2, d3,
                        d4);
            case 2 * 8 + 4 ->
                TwoVectorTiles.rows4(
                        n, a, a0, a1, a2, a3, aStep, w, wo, wStep, out, o0, o1, o2, o3, add, d0, d1, d2, d3);
            case 2 * 8 + 3 ->
                TwoVectorTiles.rows3(n, a, a0, a1, a2, aStep, w, wo, wStep, out, o0, o1, o2, add, d0, d1, d2);
            case 2 * 8 + 2 -> TwoVectorTiles.rows2(n, a, a0, a1, aStep, w, wo, wStep, out, o0, o1, add, d0, d1);
            case 2 * 8 + 1 -> TwoVectorTiles.rows1(n, a, a0, aStep, w, wo, wStep, out, o0, add, d0);
            case 1 * 8 + 5 ->
                OneVectorTiles.rows5(
                        n, a, a0, a1, a2, a3, a4, aStep, w, wo, wStep, out, o0, o1, o2, o3, o4, add, d0, d1, d2, d3,
                        d4);
            case 1 * 8 + 4 ->
                OneVectorTiles.rows4(
                        n, a, a0, a1, a2, a3, aStep, w, wo, wStep, out, o0, o1, o2, o3, add, d0, d1, d2, d3);
            case 1 * 8 + 3 ->
                OneVectorTiles.rows3(n, a, a0, a1, a2, aStep, w, wo, wStep, out, o0, o1, o2, add, d0, d1, d2);
            case 1 * 8 + 2 -> OneVectorTiles.rows2(n, a, a0, a1, aStep, w, wo, wStep, out, o0, o1, add, d0, d1);
            case 1 * 8 + 1 -> OneVectorTiles.rows1(n, a, a0, aStep, w, wo, wStep, out, o0, add, d0);
            default -> throw new IllegalStateException("no tile of " + size + " rows and " + vectors + " vectors");
        }
    }
}
