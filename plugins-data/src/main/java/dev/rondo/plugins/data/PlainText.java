package dev.rondo.plugins.data;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads files whole, as UTF-8. */
final class PlainText {
    private static final long MOST = 1L << 30;

    private PlainText() {}

    /**
     * What {@code file} holds, without a byte order mark.
     *
     * @param kind of file that is expected, for messages
     * @param needed what to cut out of a file that is too large
     */
    static String read(String file, String kind, String needed) {
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException invalid) {
            throw new DataException("'" + file + "' is no path: " + invalid.getReason());
        }
        if (Files.isDirectory(path)) {
            throw new DataException(file + " is a folder; the path of a " + kind + " file was expected");
        }
        if (!Files.exists(path)) {
            throw new DataException("there is no file " + file + NearestName.hint(name(path), siblings(path)));
        }
        try {
            if (Files.size(path) > MOST) {
                throw new DataException(file + " is larger than 1 GiB; cut out " + needed);
            }
            String text = Files.readString(path);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException otherEncoding) {
            throw new DataException(file + " is not UTF-8 text; save it as UTF-8");
        } catch (IOException unreadable) {
            throw new DataException(file + " cannot be read: " + unreadable);
        }
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static List<String> siblings(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(Files::isRegularFile).map(PlainText::name).toList();
        } catch (IOException unreadable) {
            return List.of(); // the message goes without a hint
        }
    }
}
