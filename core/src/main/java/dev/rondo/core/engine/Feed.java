package dev.rondo.core.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What changes from run to run of a program besides the values in its planes. */
final class Feed {
    private final int steps;
    private final int batch;
    private final int[] lengths;
    private final long[] seen;
    private final double[] stamps;
    private RandomKey key = new RandomKey(0, 0, 0);

    Feed(int steps, int batch) {
        this.steps = steps;
        this.batch = batch;
        lengths = new int[batch];
        seen = new long[batch];
        stamps = new double[steps * batch];
    }

    void set(Sequences input, @Nullable ModelState state, RandomKey newKey) {
        key = newKey;
        int[] given = input.lengths();
        double[] times = input.stamps();
        Arrays.fill(lengths, steps);
        if (given != null) {
            System.arraycopy(given, 0, lengths, 0, batch);
        }
        for (int b = 0; b < batch; b++) {
            seen[b] = state == null ? 0 : state.seen(b);
            double origin = times == null ? 0 : seen[b] == 0 ? times[b] : state == null ? 0 : state.origin(b);
            for (int t = 0; t < steps; t++) {
                stamps[t * batch + b] = times == null ? seen[b] + t : times[t * batch + b] - origin;
            }
        }
    }

    /** The next step of a program that treats one step of one row. */
    void advance(double stamp) {
        seen[0]++;
        stamps[0] = stamp;
    }

    /** The start of a stream, before its first step. */
    void rewind() {
        Arrays.fill(lengths, steps);
        seen[0] = -1;
    }

    RandomKey key() {
        return key;
    }

    int length(int row) {
        return lengths[row];
    }

    /** Steps that the row has seen before step {@code step} of this piece. */
    long index(int step, int row) {
        return seen[row] + step;
    }

    /** Time stamp relative to the start of the row's stream. */
    double stamp(int step, int row) {
        return stamps[step * batch + row];
    }

    boolean valid(int step, int row) {
        return step < lengths[row];
    }
}
