package dev.rondo.cli;

import dev.rondo.api.spi.UsageException;
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
        if (threads < 1) {
            throw new UsageException("--threads " + threads + ": at least 1 is needed");
        }
        System.setProperty(RondoModule.THREADS, threads.toString());
    }
}
