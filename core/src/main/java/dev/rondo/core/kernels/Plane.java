package dev.rondo.core.kernels;

/**
 * A view of rows in a heap array, the operand and result of products and reductions.
 *
 * <p>Row {@code i} of time step {@code t} begins at {@code offset + t · stepStride + i · rowStride} and has {@code width}
 * floats. The offset may be negative when only later steps are used (the state of the step before, say); strides may be 0
 * (a bias is a plane whose strides are both 0). A plane that a kernel writes, one that is added to a product and the right
 * operand of a gradient have room in the array for {@link #padded()} floats at each row: the kernels may read and write the
 * lanes between width and that, and what they hold there has no meaning.
 *
 * @param array the values
 * @param offset where row 0 of step 0 begins
 * @param stepStride floats from a row to the same row one step later
 * @param rowStride floats from a row to the next
 * @param width floats that count in each row
 */
public record Plane(float[] array, int offset, int stepStride, int rowStride, int width) {
    /** Widths are padded to a multiple of this. */
    public static final int PADDING = 16;

    /** Checks that the width is positive. */
    public Plane {
        if (width < 1) {
            throw new IllegalArgumentException("a plane is at least 1 wide, not " + width);
        }
    }

    /** The next multiple of {@link #PADDING}. */
    public static int padded(int width) {
        return (width + PADDING - 1) / PADDING * PADDING;
    }

    /** The width with its padding. */
    public int padded() {
        return padded(width);
    }

    /** Where a row begins. */
    public int at(int step, int row) {
        return offset + step * stepStride + row * rowStride;
    }
}
