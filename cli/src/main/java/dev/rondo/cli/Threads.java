package dev.rondo.cli;

import dev.rondo.core.RondoModule;
import org.jspecify.annotations.Nullable;

/** How many threads the engine is started with. */
final class Threads {
    private Threads() {}

    /** Takes effect if no model has run yet. */
    static void use(@Nullable Integer threads) {
        if (threads == null) {
            return;
        }
        System.setProperty(RondoModule.THREADS, Integer.toString(Count.require("--threads", threads)));
    }
}
