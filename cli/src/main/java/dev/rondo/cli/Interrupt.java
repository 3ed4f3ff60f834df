package dev.rondo.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a run in good order: training stops after the chunk it is in, and the JVM waits until what follows is done.
 */
final class Interrupt implements AutoCloseable {
    /** Long enough to evaluate and to write; a run that hangs must not hold the terminal for ever. */
    private static final int MOST_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    Interrupt(PrintStream err) {
        hook = new Thread(
                () -> {
                    requested = true;
                    err.println("\nstopping: the checkpoint is kept, the test figures follow");
                    try {
                        if (!done.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                            err.println("the run does not end; it is cut off");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "rondo-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean requested() {
        return requested;
    }

    /** Everything is written; the JVM may end. */
    @Override
    public void close() {
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                requested = true; // between the question and the removal; the hook waits for the latch
            }
        }
        done.countDown();
    }
}
