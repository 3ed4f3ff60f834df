package dev.rondo.core.data;

/**
 * Steps {@code from} (included) to {@code to} (excluded) of a data set; step t reads value t and predicts the next value, or what belongs to value t.
 */
public record Span(int from, int to) {
    public Span {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("steps " + from + " to " + to);
        }
    }

    /** Number of steps. */
    public int steps() {
        return to - from;
    }
}
