package dev.rondo.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar below the lines that are printed meanwhile; only the lines where standard error is no terminal. */
final class Bar implements AutoCloseable {
    private static final int WIDTH = 90;

    private final PrintStream err;
    private final @Nullable ProgressBar bar;

    private Bar(PrintStream err, boolean drawn, String task, long steps) {
        this.err = err;
        this.bar = drawn
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .setMaxRenderedLength(WIDTH)
                        .setConsumer(new BelowLines(err))
                        .build()
                : null;
    }

    /** A bar for {@code steps} steps, drawn where a person is looking. */
    static Bar of(PrintStream err, String task, long steps) {
        return new Bar(err, terminal(), task, steps);
    }

    /** Whether standard error is a terminal, which the launcher knows and a JVM cannot ask. */
    static boolean terminal() {
        return Boolean.getBoolean("rondo.terminal");
    }

    void to(long step) {
        if (bar != null) {
            bar.stepTo(step);
        }
    }

    /** Prints a line above the bar. */
    void line(String text) {
        synchronized (err) {
            err.println(bar == null ? text : "\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** Draws over the last line of the terminal. */
    private record BelowLines(PrintStream err) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String rendered) {
            synchronized (err) {
                err.print("\r" + rendered);
                err.flush();
            }
        }

        @Override
        public void clear() {
            synchronized (err) {
                err.print("\r" + " ".repeat(WIDTH) + "\r");
            }
        }

        @Override
        public void close() {
            synchronized (err) {
                err.println();
            }
        }
    }
}
