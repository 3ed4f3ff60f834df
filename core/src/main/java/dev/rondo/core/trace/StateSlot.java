package dev.rondo.core.trace;

/**
 * A value that a model carries from step to step.
 *
 * @param name full name, as in {@code 1.LSTM/h}
 * @param steps 1 for a state; the depth of the history for a lag, oldest value first
 * @param width number of features
 */
public record StateSlot(String name, int steps, int width) {
    /** Number of values for one row. */
    public int length() {
        return steps * width;
    }
}
