package dev.rondo.cuda;

import org.jspecify.annotations.Nullable;

/**
 * What a recurrence goes over, as {@code Extent} in {@code scan.cuh}.
 *
 * @param width channels of a row, both directions together
 * @param split channels from here on are walked in reverse
 * @param lengths of the rows; absent where all are full
 */
record Extent(
        int steps,
        int batch,
        int width,
        int split,
        @Nullable DeviceArray lengths) {
    long rows() {
        return (long) steps * batch;
    }

    /** Number of values of a sequence with {@code features} of them in each step. */
    long values(int features) {
        return rows() * features;
    }
}
