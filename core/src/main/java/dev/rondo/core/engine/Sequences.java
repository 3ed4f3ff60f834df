package dev.rondo.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * One piece of input: {@code steps} steps of {@code batch} rows.
 *
 * <p>Arrays are not copied: they are the caller's, who leaves them alone while something is run on them.
 *
 * @param values [time, batch, features], row-major
 * @param lengths valid steps of each row, absent where all are full
 * @param stamps time stamps [time, batch], absent where steps are evenly spaced
 */
public record Sequences(
        int steps, int batch, int width, float[] values, int @Nullable [] lengths, double @Nullable [] stamps) {

    public Sequences {
        if (values.length != steps * batch * width) {
            throw new IllegalArgumentException("a piece of " + steps + " steps, " + batch + " rows and " + width
                    + " features needs " + steps * batch * width + " values, got " + values.length);
        }
        if (lengths != null && lengths.length != batch) {
            throw new IllegalArgumentException(lengths.length + " lengths for " + batch + " rows");
        }
        if (lengths != null) {
            for (int length : lengths) {
                if (length < 0 || length > steps) {
                    throw new IllegalArgumentException("a length of " + length + " in a piece of " + steps + " steps");
                }
            }
        }
        if (stamps != null && stamps.length != steps * batch) {
            throw new IllegalArgumentException(
                    stamps.length + " time stamps for " + steps + " steps of " + batch + " rows");
        }
    }

    /** Full rows, evenly spaced. */
    public static Sequences of(int steps, int batch, int width, float[] values) {
        return new Sequences(steps, batch, width, values, null, null);
    }

    /** The same values in rows of these lengths. */
    public Sequences withLengths(int... newLengths) {
        return new Sequences(steps, batch, width, values, newLengths, stamps);
    }

    /** The same values at these times, [time, batch]. */
    public Sequences withStamps(double... newStamps) {
        return new Sequences(steps, batch, width, values, lengths, newStamps);
    }
}
