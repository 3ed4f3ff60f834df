package dev.rondo.api.spi;

import dev.rondo.api.expr.RandomStream;

/** What a source of series may ask for. */
public interface SourceScope extends OptionScope {
    /** What stands behind the colon of the spec, empty for a generator. */
    String path();

    /** How many series a generator makes. */
    int series();

    /** How many values each generated series has: one more than there are steps to predict at. */
    int length();

    /** Random numbers for series number {@code i}, from their beginning at every call. */
    RandomStream random(int i);

    /** Tells the user something that the series do not show, such as what was left out; one sentence without a full stop. */
    default void notice(String sentence) {}
}
