package dev.rondo.cuda;

import org.jspecify.annotations.Nullable;

/** The kernels of {@code rows.cu}: what happens to rows between recurrences and products. */
final class Rows {
    private static final String FILE = "rows";
    private static final int THREADS = 256;
    /** Blocks that walk over everything together. */
    private static final int MOST_BLOCKS = 4096;
    /** Rows that a block sums at least. */
    private static final long SUMMED = 1024;

    private static final long MOST_PARTS = 65_535;
    /** 2^53: as many values as a draw may have. */
    private static final double DRAWS = 0x1p53;

    private final KernelLibrary kernels;

    Rows(KernelLibrary kernels) {
        this.kernels = kernels;
    }

    /** Loads the kernels. */
    void load() {
        kernels.load(FILE);
    }

    private void each(long values, String kernel, @Nullable Object... arguments) {
        if (values > 0) {
            int blocks = (int) Math.min(MOST_BLOCKS, (values + THREADS - 1) / THREADS);
            kernels.launch(FILE, kernel, new int[] {blocks, 1, 1}, new int[] {THREADS, 1}, arguments);
        }
    }

    /** y += bias, and 0 past a row's length. */
    void addBias(Extent extent, int width, @Nullable DeviceArray bias, DeviceArray y) {
        each(extent.values(width), "add_bias", extent.rows(), extent.batch(), width, extent.lengths(), bias, y);
    }

    /** Number of words that {@link #sum} needs to work with. */
    static long workspace(long rows, int width) {
        return parts(rows) * width;
    }

    private static long parts(long rows) {
        return Math.max(1, (rows + each(rows) - 1) / each(rows));
    }

    /** Rows that a block sums: the grid's second dimension ends at 65,535 blocks. */
    private static long each(long rows) {
        return Math.max(SUMMED, (rows + MOST_PARTS - 1) / MOST_PARTS);
    }

    /** The sums of the columns of x, [rows, width], always in the same order. */
    void sum(long rows, int width, DeviceArray x, DeviceArray workspace, DeviceArray out) {
        long parts = parts(rows);
        if (parts == 1) {
            sumParts(rows, width, x, out, 1);
        } else {
            sumParts(rows, width, x, workspace, parts);
            sumParts(parts, width, workspace, out, 1);
        }
    }

    private void sumParts(long rows, int width, DeviceArray x, DeviceArray out, long parts) {
        int[] blocks = {Walk.groups(width), Math.toIntExact(parts), 1};
        long each = parts == 1 ? rows : each(rows);
        kernels.launch(FILE, "sum_columns", blocks, new int[] {Walk.CHANNELS, 8}, rows, width, each, x, out);
    }

    /**
     * y = x m with m = 1/probability where the draw is a 1, else 0; y = m where x is absent.
     *
     * @param keys one for each row, or for each of the first {@code period} rows, which then serve all
     * @param scale what m is where the draw is a 1
     * @param stride words from one row to the next, of x and of y
     */
    void draw(
            long rows,
            int width,
            int stride,
            int period,
            DeviceArray keys,
            double probability,
            float scale,
            @Nullable DeviceArray x,
            DeviceArray y) {
        long threshold = (long) Math.ceil(probability * DRAWS);
        each(rows * width, "masked", rows, width, stride, period, keys, threshold, scale, x, y);
    }

    /** dx += the sum over the directions of dskip, [rows, directions, width]. */
    void addDirections(long rows, int width, int directions, DeviceArray dskip, DeviceArray dx) {
        each(rows * width, "add_directions", rows, width, directions, dskip, dx);
    }

    /** The last {@code depth} steps of each row of x, which begins {@code depth} steps before the first. */
    void lastSteps(Extent extent, int depth, int width, DeviceArray x, DeviceArray out) {
        each(
                (long) depth * extent.batch() * width,
                "last_steps",
                depth,
                extent.steps(),
                extent.batch(),
                width,
                extent.lengths(),
                x,
                out);
    }
}
