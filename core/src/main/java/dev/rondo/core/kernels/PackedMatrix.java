package dev.rondo.core.kernels;

import java.util.Arrays;

/**
 * The weights of one product, laid out in the order in which the kernels read them.
 *
 * <p>The matrix has a block for each pair of operand and output; blocks that were never packed are zero. The columns of each
 * output are cut into panels, the rows of all operands follow each other within a panel, and the columns that pad an output
 * to whole vectors are zero. Made by {@link Kernels#packed}; packing again, after the weights changed, allocates nothing.
 * Packing and multiplying at the same time from several threads is the caller's to order.
 */
public final class PackedMatrix {
    private static final int TRANSPOSE_BLOCK = 16;

    private final int[] operandWidths;
    private final int[] outputWidths;
    private final int[] operandStarts;
    private final int depth;
    private final int[] firstPanels;
    final int panels;
    final int[] panelOutput;
    final int[] panelColumn;
    final int[] panelWidth;
    final int[] panelStart;
    final float[] data;

    PackedMatrix(int[] operandWidths, int[] outputWidths, int lanes, int panelVectors) {
        this.operandWidths = positive(operandWidths, "operand");
        this.outputWidths = positive(outputWidths, "output");
        operandStarts = new int[operandWidths.length];
        int k = 0;
        for (int i = 0; i < operandWidths.length; i++) {
            operandStarts[i] = k;
            k += operandWidths[i];
        }
        depth = k;
        firstPanels = new int[outputWidths.length + 1];
        for (int j = 0; j < outputWidths.length; j++) {
            firstPanels[j + 1] = firstPanels[j] + parts(parts(outputWidths[j], lanes), panelVectors);
        }
        panels = firstPanels[outputWidths.length];
        panelOutput = new int[panels];
        panelColumn = new int[panels];
        panelWidth = new int[panels];
        panelStart = new int[panels];
        int start = 0;
        for (int j = 0; j < outputWidths.length; j++) {
            int end = parts(outputWidths[j], lanes) * lanes;
            for (int p = firstPanels[j], column = 0; p < firstPanels[j + 1]; p++) {
                // The panels left share the vectors left, for a narrow last panel would be slow.
                int width = parts((end - column) / lanes, firstPanels[j + 1] - p) * lanes;
                panelOutput[p] = j;
                panelColumn[p] = column;
                panelWidth[p] = width;
                panelStart[p] = start;
                start = Math.addExact(start, Math.multiplyExact(depth, width));
                column += width;
            }
        }
        data = new float[start];
    }

    /** The number of operands. */
    public int operands() {
        return operandWidths.length;
    }

    /** The number of outputs. */
    public int outputs() {
        return outputWidths.length;
    }

    /** The width of an operand: the rows of its blocks. */
    public int operandWidth(int operand) {
        return operandWidths[operand];
    }

    /** The width of an output: the columns of its blocks. */
    public int outputWidth(int output) {
        return outputWidths[output];
    }

    /** The rows of all operands together. */
    public int depth() {
        return depth;
    }

    int operandStart(int operand) {
        return operandStarts[operand];
    }

    /** Sets a block to the row-major matrix whose row k begins at {@code offset + k · rowStride}. */
    public void pack(int operand, int output, float[] source, int offset, int rowStride) {
        for (int p = firstPanels[output]; p < firstPanels[output + 1]; p++) {
            int width = panelWidth[p];
            int real = Math.min(width, outputWidths[output] - panelColumn[p]);
            int to = panelStart[p] + operandStarts[operand] * width;
            int from = offset + panelColumn[p];
            for (int k = 0; k < operandWidths[operand]; k++) {
                System.arraycopy(source, from + k * rowStride, data, to + k * width, real);
            }
        }
    }

    /** Sets a block to the transpose of the row-major matrix whose row n (a column of the block) begins at {@code offset + n · rowStride}. */
    public void packTransposed(int operand, int output, float[] source, int offset, int rowStride) {
        int depthOfBlock = operandWidths[operand];
        for (int p = firstPanels[output]; p < firstPanels[output + 1]; p++) {
            int width = panelWidth[p];
            int real = Math.min(width, outputWidths[output] - panelColumn[p]);
            int to = panelStart[p] + operandStarts[operand] * width;
            for (int k0 = 0; k0 < depthOfBlock; k0 += TRANSPOSE_BLOCK) {
                int k1 = Math.min(k0 + TRANSPOSE_BLOCK, depthOfBlock);
                for (int c = 0; c < real; c++) {
                    int from = offset + (panelColumn[p] + c) * rowStride;
                    for (int k = k0; k < k1; k++) {
                        data[to + k * width + c] = source[from + k];
                    }
                }
            }
        }
    }

    /** Sets a block to zero. */
    public void clear(int operand, int output) {
        for (int p = firstPanels[output]; p < firstPanels[output + 1]; p++) {
            int from = panelStart[p] + operandStarts[operand] * panelWidth[p];
            Arrays.fill(data, from, from + operandWidths[operand] * panelWidth[p], 0f);
        }
    }

    void check(Plane[] operands, Plane[] outputs, int addends) {
        if (operands.length != operandWidths.length
                || outputs.length != outputWidths.length
                || addends != outputWidths.length) {
            throw new IllegalArgumentException("the packed matrix has " + operandWidths.length + " operands and "
                    + outputWidths.length + " outputs, the product got " + operands.length + " operands, "
                    + outputs.length + " outputs and " + addends + " addends");
        }
        for (int i = 0; i < operands.length; i++) {
            if (operands[i].width() != operandWidths[i]) {
                throw mismatch("operand", i, operandWidths[i], operands[i].width());
            }
        }
        for (int j = 0; j < outputs.length; j++) {
            if (outputs[j].width() != outputWidths[j]) {
                throw mismatch("output", j, outputWidths[j], outputs[j].width());
            }
        }
    }

    private static IllegalArgumentException mismatch(String what, int index, int packed, int got) {
        return new IllegalArgumentException(
                what + " " + index + " of the packed matrix is " + packed + " wide, the plane " + got);
    }

    private static int parts(int whole, int most) {
        return (whole + most - 1) / most;
    }

    private static int[] positive(int[] widths, String what) {
        if (widths.length == 0) {
            throw new IllegalArgumentException("a packed matrix has at least one " + what);
        }
        for (int width : widths) {
            if (width < 1) {
                throw new IllegalArgumentException("an " + what + " is at least 1 wide, not " + width);
            }
        }
        return widths.clone();
    }
}
