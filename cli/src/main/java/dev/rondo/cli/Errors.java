package dev.rondo.cli;

import dev.rondo.api.spi.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with several specs, to say it at once. */
final class Errors {
    private final List<String> messages = new ArrayList<>();

    /** What {@code reading} gives, or null if it failed and that was noted. */
    <T> @Nullable T collect(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UsageException e) {
            add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    void add(String message) {
        messages.add(message);
    }

    void throwIfAny() {
        if (!messages.isEmpty()) {
            throw new UsageException(String.join("\n", messages));
        }
    }

    /** For what was collected before {@link #throwIfAny}. */
    static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("what failed was thrown before");
        }
        return value;
    }
}
