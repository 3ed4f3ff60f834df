package dev.rondo.core.files;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes files so that a reader, or a run that is resumed after a power cut, finds the old content or the new, never a part. */
public final class AtomicFile {
    /** How the names of files end that are not complete. */
    static final String PART = ".part";

    private AtomicFile() {}

    /** Writes text in UTF-8. */
    public static void write(Path file, String text) {
        write(file, List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Writes {@code parts}, each from position to limit, one behind the other.
     *
     * @throws DataException if that cannot be done; an older file is still there then
     */
    public static void write(Path file, List<ByteBuffer> parts) {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + PART);
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (ByteBuffer each : parts) {
                    ByteBuffer rest = each.duplicate();
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                }
                channel.force(true);
            }
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException notHere) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            Path folder = target.getParent();
            if (folder != null) {
                forceFolder(folder);
            }
        } catch (IOException problem) {
            throw new DataException("cannot write " + file + ": " + reason(problem), problem);
        }
    }

    /** What an I/O problem means, in words: Java's message is often the path alone. */
    public static String reason(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (problem instanceof NotDirectoryException) {
            return "it is no folder";
        }
        return problem instanceof java.nio.file.FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(problem.getMessage());
    }

    /** Makes the new name last; where a folder cannot be opened (Windows) the file system sees to that itself. */
    private static void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException cannotOpenFolders) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
