package dev.rondo.api.expr;

/** A seeded stream of random numbers; the same seed gives the same numbers on every machine. */
public interface RandomStream {
    /** Uniform in [0, 1). */
    double uniform();

    /** Standard normal. */
    double normal();
}
