package dev.rondo.core.arrays;

import java.util.Arrays;

/**
 * A nest of loops over named axes: walks all positions, outermost axis first, and keeps an offset for each operand.
 *
 * <p>An operand that lacks an axis has stride 0 there.
 */
final class Nest {
    private final int[] sizes;
    private final int[][] strides;
    private final int[] position;
    /** Where each operand stands; reset by {@link #start(int)}. */
    final int[] at;

    /**
     * @param sizes of the axes, the innermost last
     * @param strides for each operand, for each axis
     */
    Nest(int[] sizes, int[]... strides) {
        this.sizes = sizes;
        this.strides = strides;
        position = new int[sizes.length];
        at = new int[strides.length];
    }

    /** The number of positions. */
    int count() {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }

    /** Goes to the first position, the offset of the only operand at {@code from}. */
    void start(int from) {
        Arrays.fill(position, 0);
        at[0] = from;
    }

    /** Goes to the first position, the offsets of two operands at {@code first} and {@code second}. */
    void start(int first, int second) {
        start(first);
        at[1] = second;
    }

    /** Goes to the next position; behind the last comes the first again. */
    void next() {
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            position[axis]++;
            if (position[axis] < sizes[axis]) {
                move(axis, 1);
                return;
            }
            position[axis] = 0;
            move(axis, 1 - sizes[axis]);
        }
    }

    private void move(int axis, int steps) {
        for (int i = 0; i < at.length; i++) {
            at[i] += steps * strides[i][axis];
        }
    }
}
