package dev.rondo.core.kernels;

import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of the engine, on float arrays on the heap.
 *
 * <p>Every method is a pure function of its arguments, allocates nothing and may run in any number of threads at once on
 * disjoint results. An element's value depends on its own inputs alone: not on how many rows, columns or steps a call takes,
 * nor on where it lies in them. So work may be split in any way between threads without changing a bit.
 *
 * <p>The rows of a call are {@code firstRow .. firstRow + rows} of each of the steps {@code firstStep .. firstStep + steps}.
 * Sums over rows run in that order: by step, then by row.
 */
public interface Kernels {
    /** What does the work, such as "SIMD, 16 lanes" or "plain Java". */
    String description();

    /** The number of floats an instruction treats at once. */
    int lanes();

    /**
     * Runs one instruction over n floats.
     *
     * <p>Operands the instruction lacks are given as the result, its unused scalars as 0. The result may be the very same
     * stretch as an operand, but may not overlap one otherwise.
     */
    void strip(
            StripOp op,
            int n,
            float[] out,
            int o,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] c,
            int co,
            float[] d,
            int dof,
            float s,
            float t);

    /** Makes a matrix of zeros for products of operands and outputs of these widths. */
    PackedMatrix packed(int[] operandWidths, int[] outputWidths);

    /**
     * Multiplies the operands, side by side, with the weights: {@code out_j = addend_j + Σ_i operand_i · W_ij} for each row.
     *
     * <p>An addend may be absent (null, taken as 0), the output itself, which accumulates, or a plane with both strides 0,
     * which is a bias. It has room for the padded width of the output. Outputs are no operands. The padding of the outputs
     * becomes that of the addends, or 0.
     */
    void product(
            PackedMatrix weights,
            Plane[] operands,
            Plane[] outputs,
            @Nullable Plane[] addends,
            int firstStep,
            int steps,
            int firstRow,
            int rows);

    /**
     * Sums the outer products of the rows of a and d: {@code g[k][n] = Σ_r a[r][k] · d[r][n]}, for the rows {@code firstK ..
     * firstK + ks} of g.
     *
     * <p>Row k of g begins at {@code offset + k · rowStride} and takes as many floats as d is wide; nothing beside them is
     * written. With {@code add} the sums begin with what g holds.
     */
    void gradient(
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
            int ks);

    /**
     * Sums rows: {@code v[n] = Σ_r d[r][n]}, for the columns {@code firstColumn .. firstColumn + columns}.
     *
     * <p>Column n goes to {@code v[offset + n]}. The first column is a multiple of {@link Plane#PADDING}. With {@code add} the
     * sums begin with what v holds.
     */
    void sumRows(
            Plane d,
            float[] v,
            int offset,
            boolean add,
            int firstStep,
            int steps,
            int firstRow,
            int rows,
            int firstColumn,
            int columns);

    /** Sums products of rows: {@code v[n] = Σ_r a[r][n] · d[r][n]}, otherwise as {@link #sumRows}. */
    void dotRows(
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
            int columns);

    /** Sums the features of each row; out is a plane of width 1 and needs no padding. */
    void sumFeatures(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows);

    /** Takes the largest feature of each row, not-a-number if one is; out is a plane of width 1 and needs no padding. */
    void maxFeatures(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows);

    /** Copies the single feature of each row of a plane of width 1 to all features of out, its padding too. */
    void expandFeatures(Plane in, Plane out, int firstStep, int steps, int firstRow, int rows);
}
