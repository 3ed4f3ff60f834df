package dev.rondo.core.random;

import dev.rondo.api.expr.RandomStream;

/** The numbers of one key, one after the other. */
public final class KeyedStream implements RandomStream {
    private final long key;
    private long counter;

    /** Begins at the first number of {@code key}; see {@link CounterRandom#key(long, long)}. */
    public KeyedStream(long key) {
        this.key = key;
    }

    @Override
    public double uniform() {
        return CounterRandom.uniformDouble(key, counter++);
    }

    @Override
    public double normal() {
        counter += counter & 1; // a normal number takes two counters, of which the first is even
        double normal = CounterRandom.normal(key, counter / 2);
        counter += 2;
        return normal;
    }
}
