package dev.rondo.core.engine;

import dev.rondo.core.trace.StateSlot;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that a causal model carries from one piece of its streams to the next; a value that never changes.
 *
 * <p>Besides the states it holds how many steps each row has seen and when its stream began, so that clocks go on.
 */
public final class ModelState {
    private final List<StateSlot> slots;
    private final int batch;
    private final float[][] values;
    private final long[] seen;
    private final double[] origins;

    /** Takes the arrays as they are; nobody may change them afterwards. */
    ModelState(List<StateSlot> slots, int batch, float[][] values, long[] seen, double[] origins) {
        this.slots = slots;
        this.batch = batch;
        this.values = values;
        this.seen = seen;
        this.origins = origins;
    }

    /** The start of {@code batch} streams: all zero. */
    public static ModelState zero(List<StateSlot> slots, int batch) {
        float[][] values = new float[slots.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[batch * slots.get(i).length()];
        }
        return new ModelState(List.copyOf(slots), batch, values, new long[batch], new double[batch]);
    }

    /**
     * A state from its parts, as a checkpoint holds them.
     *
     * @param values for each slot [steps, batch, width]
     * @param seen steps since the reset, for each row
     * @param origins time stamp of each row's first step
     */
    public static ModelState of(List<StateSlot> slots, int batch, float[][] values, long[] seen, double[] origins) {
        for (int i = 0; i < slots.size(); i++) {
            if (values[i].length != batch * slots.get(i).length()) {
                throw new IllegalArgumentException(
                        values[i].length + " values of " + slots.get(i) + " for " + batch + " rows");
            }
        }
        float[][] copies = new float[values.length][];
        for (int i = 0; i < values.length; i++) {
            copies[i] = values[i].clone();
        }
        return new ModelState(List.copyOf(slots), batch, copies, seen.clone(), origins.clone());
    }

    public List<StateSlot> slots() {
        return slots;
    }

    /** Number of rows. */
    public int batch() {
        return batch;
    }

    /** A copy of the values of slot {@code i}, [steps, batch, width]. */
    public float[] values(int i) {
        return values[i].clone();
    }

    /** A copy of how many steps each row has seen since its reset. */
    public long[] seen() {
        return seen.clone();
    }

    /** A copy of the time stamps of the rows' first steps. */
    public double[] origins() {
        return origins.clone();
    }

    /** This state with the rows where {@code mask} is true back at the start. */
    public ModelState reset(boolean[] mask) {
        if (mask.length != batch) {
            throw new IllegalArgumentException("a mask for " + mask.length + " rows, but the state has " + batch);
        }
        float[][] changed = new float[values.length][];
        long[] fewer = seen.clone();
        double[] starts = origins.clone();
        for (int i = 0; i < values.length; i++) {
            changed[i] = values[i].clone();
            int width = slots.get(i).width();
            for (int at = 0; at < changed[i].length; at++) {
                if (mask[at / width % batch]) {
                    changed[i][at] = 0;
                }
            }
        }
        for (int b = 0; b < batch; b++) {
            fewer[b] = mask[b] ? 0 : fewer[b];
            starts[b] = mask[b] ? 0 : starts[b];
        }
        return new ModelState(slots, batch, changed, fewer, starts);
    }

    /** The state of some rows, in the order given. */
    public ModelState rows(int... rows) {
        float[][] chosen = new float[values.length][];
        long[] steps = new long[rows.length];
        double[] starts = new double[rows.length];
        for (int i = 0; i < values.length; i++) {
            int width = slots.get(i).width();
            chosen[i] = new float[rows.length * slots.get(i).length()];
            for (int part = 0; part < slots.get(i).steps(); part++) {
                for (int b = 0; b < rows.length; b++) {
                    int from = (part * batch + rows[b]) * width;
                    System.arraycopy(values[i], from, chosen[i], (part * rows.length + b) * width, width);
                }
            }
        }
        for (int b = 0; b < rows.length; b++) {
            steps[b] = seen[rows[b]];
            starts[b] = origins[rows[b]];
        }
        return new ModelState(slots, rows.length, chosen, steps, starts);
    }

    /** The state after {@code input}, with these values. */
    ModelState after(Sequences input, float[][] newValues) {
        int[] lengths = input.lengths();
        double[] stamps = input.stamps();
        long[] more = seen.clone();
        double[] starts = origins.clone();
        for (int row = 0; row < batch; row++) {
            int length = lengths == null ? input.steps() : lengths[row];
            if (more[row] == 0 && stamps != null && length > 0) {
                starts[row] = stamps[row];
            }
            more[row] += length;
        }
        return new ModelState(slots, batch, newValues, more, starts);
    }

    /** The state of some slots alone. */
    ModelState part(int from, int to) {
        return new ModelState(slots.subList(from, to), batch, Arrays.copyOfRange(values, from, to), seen, origins);
    }

    float[] shared(int i) {
        return values[i];
    }

    long seen(int row) {
        return seen[row];
    }

    double origin(int row) {
        return origins[row];
    }
}
