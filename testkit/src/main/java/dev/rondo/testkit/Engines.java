package dev.rondo.testkit;

import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.RandomKey;

/** The engine under test, in the set-ups that must agree. */
interface Engines {
    /** With the usual kernels on one thread. */
    Engine usual();

    /** With the usual kernels on {@code count} threads. */
    Engine threads(int count);

    /** With the kernels that need no flag. */
    Engine plain();

    /** The random numbers that the engine draws. */
    Draws draws(RandomKey key);
}
