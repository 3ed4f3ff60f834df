package dev.rondo.cuda;

import dev.rondo.api.device.LayerProgram.Keys;
import org.jspecify.annotations.Nullable;

/** The random draws of one layer in one pass. */
final class Draws {
    private final int layer;
    private final @Nullable Keys keys;
    private final int steps;
    private final int batch;
    private final int @Nullable [] lengths;

    /** Draws of {@code layer}; without {@code keys} nothing is drawn, as in evaluation. */
    Draws(int layer, @Nullable Keys keys, int steps, int batch, int @Nullable [] lengths) {
        this.layer = layer;
        this.keys = keys;
        this.steps = steps;
        this.batch = batch;
        this.lengths = lengths;
    }

    /** Whether anything is drawn. */
    boolean training() {
        return keys != null;
    }

    /** A key for each row of the batch, of a draw that all steps share. */
    long[] forAllSteps(int draw) {
        Keys given = given();
        long[] all = new long[batch];
        for (int b = 0; b < batch; b++) {
            all[b] = given.key(layer, draw, 0, b);
        }
        return all;
    }

    /** A key for each step and row, [time, batch], of a draw that differs from step to step. */
    long[] forEachStep(int draw, boolean reverse) {
        Keys given = given();
        long[] all = new long[steps * batch];
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < batch; b++) {
                int length = lengths == null ? steps : lengths[b];
                int step = reverse && t < length ? length - 1 - t : t;
                all[t * batch + b] = given.key(layer, draw, step, b);
            }
        }
        return all;
    }

    private Keys given() {
        if (keys == null) {
            throw new IllegalStateException("nothing is drawn in evaluation");
        }
        return keys;
    }
}
