package dev.rondo.cuda;

/** Products of matrices on the device, C = A B or C += A B; row-major. */
final class Products {
    private static final String FILE = "gemm";
    private static final int TILE = 128;
    private static final int DEPTH = 16;
    private static final int THREADS = 256;

    /** A matrix in memory: the first of its values, and how many of them lie between one row and the next. */
    record Matrix(DeviceArray values, int stride) {
        private boolean quads() {
            return values.aligned() && stride % 4 == 0;
        }
    }

    private final KernelLibrary kernels;
    private final Rows rows;
    private final int multiprocessors;

    Products(KernelLibrary kernels, Rows rows, int multiprocessors) {
        this.kernels = kernels;
        this.rows = rows;
        this.multiprocessors = multiprocessors;
    }

    /** C [m, n] = A [m, k] B [k, n]. */
    void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add) {
        boolean quads = a.quads() && b.quads() && k % 4 == 0 && n % 4 == 0;
        launch("gemm_nn", quads, m, n, k, a, b, c, add, 1);
    }

    /** C [m, n] = A [m, k] Bᵀ with B [n, k]. */
    void multiplyTransposed(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add) {
        boolean quads = a.quads() && b.quads() && k % 4 == 0;
        launch("gemm_nt", quads, m, n, k, a, b, c, add, 1);
    }

    /** Number of words that {@link #transposedMultiply} needs to work with. */
    long workspace(int m, int n, int k) {
        int parts = parts(m, n, k);
        return parts == 1 ? 0 : (long) parts * m * n + Rows.workspace(parts, m * n);
    }

    /** C [m, n] = Aᵀ B with A [k, m] and B [k, n]: for few values of C, each a long sum. Rows of C follow each other closely. */
    void transposedMultiply(int m, int n, int k, Matrix a, Matrix b, DeviceArray c, DeviceArray workspace) {
        int parts = parts(m, n, k);
        boolean quads = a.quads() && b.quads() && m % 4 == 0 && n % 4 == 0;
        Matrix out = new Matrix(parts == 1 ? c : workspace, n);
        launch("gemm_tn", quads, m, n, k, a, b, out, false, parts);
        if (parts > 1) {
            rows.sum(parts, m * n, workspace, workspace.from((long) parts * m * n), c);
        }
    }

    /** Parts of a long sum, so that every multiprocessor has some. */
    private int parts(int m, int n, int k) {
        long tiles = (long) blocks(m) * blocks(n);
        long wanted = (2L * multiprocessors + tiles - 1) / tiles;
        long most = Math.max(1, k / (8 * DEPTH));
        int parts = (int) Math.min(wanted, most);
        return (k + each(k, parts) - 1) / each(k, parts);
    }

    private static int each(int k, int parts) {
        return ((k + parts - 1) / parts + DEPTH - 1) / DEPTH * DEPTH;
    }

    private static int blocks(int size) {
        return (size + TILE - 1) / TILE;
    }

    private void launch(
            String kernel, boolean quads, int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add, int parts) {
        if (m == 0 || n == 0) {
            return;
        }
        // Rows of A may be many: the grid's second dimension ends at 65,535 tiles.
        int most = 65_535 * TILE;
        for (int from = 0; from < m; from += most) {
            int count = Math.min(most, m - from);
            kernels.launch(
                    FILE,
                    kernel + (quads ? 4 : 1),
                    new int[] {blocks(n), blocks(count), parts},
                    new int[] {THREADS, 1},
                    count,
                    n,
                    k,
                    kernel.endsWith("tn") ? a.values().from(from) : a.values().from((long) from * a.stride()),
                    a.stride(),
                    b.values(),
                    b.stride(),
                    c.values().from((long) from * c.stride()),
                    c.stride(),
                    add ? 1 : 0,
                    each(k, parts));
        }
    }
}
