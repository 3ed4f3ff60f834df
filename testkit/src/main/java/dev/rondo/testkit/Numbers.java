package dev.rondo.testkit;

import dev.rondo.api.expr.RandomStream;
import java.util.Random;

/** A seeded stream for initialisers. */
record Numbers(Random random) implements RandomStream {
    @Override
    public double uniform() {
        return random.nextDouble();
    }

    @Override
    public double normal() {
        return random.nextGaussian();
    }
}
