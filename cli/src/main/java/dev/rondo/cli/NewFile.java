package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that a command is asked to write. */
final class NewFile {
    private NewFile() {}

    /** Asks before anything is computed whether {@code file} is new and its folder there. */
    static void require(@Nullable Path file) {
        if (file == null) {
            return;
        }
        if (Files.exists(file)) {
            throw new DataException(file + " is there already; name another file, or remove it");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new DataException("cannot write " + file + ": there is no folder " + folder + "; make it first");
        }
    }
}
