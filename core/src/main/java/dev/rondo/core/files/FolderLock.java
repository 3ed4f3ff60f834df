package dev.rondo.core.files;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from writing to one folder; the operating system ends the lock with the process, however that ends.
 *
 * <p>The file stays: whoever deleted it would take the lock from a process that has just opened it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks {@code folder}, which has to be there.
     *
     * @throws DataException if another process, or another thread of this one, has locked it
     */
    public static FolderLock take(Path folder) {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new DataException(
                        "another process is at work in " + folder + "; wait for it, or name another folder");
            }
            return new FolderLock(channel);
        } catch (IOException problem) {
            throw new DataException("cannot lock " + folder + ": " + AtomicFile.reason(problem), problem);
        }
    }

    /** Whether {@code file} is what a lock leaves in its folder. */
    public static boolean isLock(Path file) {
        return file.endsWith(NAME);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException problem) {
            throw new DataException("cannot unlock a folder: " + AtomicFile.reason(problem), problem);
        }
    }
}
