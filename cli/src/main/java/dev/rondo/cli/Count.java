package dev.rondo.cli;

import dev.rondo.api.spi.UsageException;

/** A number of things that a command is asked for. */
final class Count {
    private Count() {}

    /** Refuses less than one; {@code option} is as the user typed it, which the library cannot know. */
    static int require(String option, int count) {
        if (count < 1) {
            throw new UsageException(option + " " + count + ": at least 1 is needed");
        }
        return count;
    }
}
