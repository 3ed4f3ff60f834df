package dev.rondo.core.spec;

/**
 * A stretch of a spec's text.
 *
 * @param start first character
 * @param end behind the last character
 */
record Span(int start, int end) {
    String of(String text) {
        return text.substring(start, end);
    }

    boolean isEmpty() {
        return start >= end;
    }

    /** From the start of this to the end of {@code other}. */
    Span to(Span other) {
        return new Span(start, other.end);
    }
}
