package dev.rondo.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets Ctrl-C end a run in good order: training stops after the chunk it is in, and what follows is still done. A second
 * Ctrl-C ends the JVM at once.
 *
 * <p>A shutdown hook would need no class of the JDK's own, but in a JVM that shuts down pictures cannot be drawn and threads not
 * be started any more.
 */
final class Interrupt implements AutoCloseable {
    private static final Signal CTRL_C = new Signal("INT");
    /** 128 and the number of the signal, as shells expect it. */
    static final int EXIT_CODE = 130;

    private final AtomicBoolean requested = new AtomicBoolean();
    private final SignalHandler before;

    Interrupt(PrintStream err) {
        this(err, "stopping: the checkpoint is kept, the figures follow if an epoch is done");
    }

    /** @param notice what the first Ctrl-C is answered with */
    Interrupt(PrintStream err, String notice) {
        before = Signal.handle(CTRL_C, signal -> {
            if (requested.getAndSet(true)) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            err.println("\n" + notice);
        });
    }

    boolean requested() {
        return requested.get();
    }

    /** Ctrl-C means again what it meant before. */
    @Override
    public void close() {
        Signal.handle(CTRL_C, before);
    }
}
