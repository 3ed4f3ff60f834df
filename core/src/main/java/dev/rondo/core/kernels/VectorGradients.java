package dev.rondo.core.kernels;

/** Cuts sums of outer products into tiles of the result's rows by panels of its columns. */
final class VectorGradients {
    private static final int LANES = VectorKernels.SPECIES.length();
    private static final int PANEL = VectorProducts.PANEL;
    private static final int TILE_ROWS = VectorProducts.TILE_ROWS;
    /** Rows of a block: they stay in cache while all rows of the result pass. */
    private static final int BLOCK_ROWS = 128;
    /** Takes a tile of the last columns, whose vectors reach beyond the width of the result. */
    private static final ThreadLocal<float[]> MARGIN = ThreadLocal.withInitial(() -> new float[TILE_ROWS * PANEL]);

    private VectorGradients() {}

    static void gradient(
            Plane a,
            Plane d,
            float[] g,
            int offset,
            int rowStride,
            boolean add,
            int firstStep,
            int steps,
            int firstRow,
            int rows,
            int firstK,
            int ks,
            int firstColumn,
            int columns) {
        boolean gapless =
                steps == 1 || (a.stepStride() == rows * a.rowStride() && d.stepStride() == rows * d.rowStride());
        int runs = gapless ? 1 : steps;
        int length = gapless ? steps * rows : rows;
        boolean more = add;
        for (int run = 0; run < runs; run++) {
            int ao = a.at(firstStep + run, firstRow);
            int dof = d.at(firstStep + run, firstRow);
            for (int r = 0; r < length; r += BLOCK_ROWS) {
                int n = Math.min(BLOCK_ROWS, length - r);
                int x = ao + r * a.rowStride();
                int y = dof + r * d.rowStride();
                rows(n, a, x, d, y, g, offset, rowStride, more, firstK, ks, firstColumn, columns);
                more = true;
            }
        }
    }

    private static void rows(
            int n,
            Plane a,
            int ao,
            Plane d,
            int dof,
            float[] g,
            int offset,
            int rowStride,
            boolean add,
            int firstK,
            int ks,
            int firstColumn,
            int columns) {
        int end = firstColumn + columns;
        int panels = (columns + PANEL - 1) / PANEL;
        int column = firstColumn;
        for (int panel = 0; panel < panels; panel++) {
            int vectors = (end - column + LANES - 1) / LANES;
            int share = (vectors + panels - panel - 1) / (panels - panel);
            int real = Math.min(share * LANES, end - column);
            tiles(
                    n,
                    a.array(),
                    ao,
                    a.rowStride(),
                    d.array(),
                    dof + column,
                    d.rowStride(),
                    g,
                    offset + column,
                    rowStride,
                    add,
                    firstK,
                    ks,
                    real);
            column += real;
        }
    }

    private static void tiles(
            int n,
            float[] a,
            int ao,
            int aStep,
            float[] d,
            int dof,
            int dStep,
            float[] g,
            int offset,
            int rowStride,
            boolean add,
            int firstK,
            int ks,
            int real) {
        int vectors = (real + LANES - 1) / LANES;
        boolean fits = real == vectors * LANES;
        float[] out = fits ? g : MARGIN.get();
        int tiles = (ks + TILE_ROWS - 1) / TILE_ROWS;
        int k = firstK;
        for (int tile = 0; tile < tiles; tile++) {
            int size = (firstK + ks - k) / (tiles - tile);
            int x = ao + k;
            int to = fits ? offset + k * rowStride : 0;
            int stride = fits ? rowStride : PANEL;
            if (!fits && add) {
                for (int i = 0; i < size; i++) {
                    System.arraycopy(g, offset + (k + i) * rowStride, out, i * PANEL, real);
                }
            }
            int from = add ? to : 0;
            int next = add ? stride : 0;
            VectorProducts.tile(
                    size,
                    vectors,
                    n,
                    a,
                    x,
                    x + 1,
                    x + 2,
                    x + 3,
                    x + 4,
                    aStep,
                    d,
                    dof,
                    dStep,
                    out,
                    to,
                    to + stride,
                    to + 2 * stride,
                    to + 3 * stride,
                    to + 4 * stride,
                    add ? out : VectorProducts.ZEROS,
                    from,
                    from + next,
                    from + 2 * next,
                    from + 3 * next,
                    from + 4 * next);
            if (!fits) {
                for (int i = 0; i < size; i++) {
                    System.arraycopy(out, i * PANEL, g, offset + (k + i) * rowStride, real);
                }
            }
            k += size;
        }
    }
}
