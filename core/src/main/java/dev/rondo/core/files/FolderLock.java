package dev.rondo.core.files;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from writing to one folder; the operating system ends the lock with the process, however that ends.
 *
 * <p>The file stays: whoever deleted it would take the lock from a process that has just opened it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";

    /** Lock files that this JVM holds. A second channel is not even opened: on Linux closing it would end the lock of the first. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks {@code folder}, which has to be there.
     *
     * @throws DataException if another process, or another thread of this one, has locked it
     */
    public static FolderLock take(Path folder) {
        try {
            Path file = folder.toRealPath().resolve(NAME);
            if (!HELD.add(file)) {
                throw taken(folder);
            }
            FileChannel channel = null;
            try {
                channel = lock(file);
            } finally {
                if (channel == null) {
                    HELD.remove(file);
                }
            }
            if (channel == null) {
                throw taken(folder);
            }
            return new FolderLock(file, channel);
        } catch (IOException problem) {
            throw new DataException("cannot lock " + folder + ": " + AtomicFile.reason(problem), problem);
        }
    }

    private static DataException taken(Path folder) {
        return new DataException("another process is at work in " + folder + "; wait for it, or name another folder");
    }

    /** The channel that holds the lock, or null, with none left open, if another process has it. */
    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            return locked ? channel : null;
        } catch (OverlappingFileLockException ours) { // of a copy of this class in another class loader
            return null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Whether {@code file} is what a lock leaves in its folder. */
    public static boolean isLock(Path file) {
        return file.endsWith(NAME);
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return; // closed before: the folder may be another's by now
        }
        try {
            channel.close();
        } catch (IOException problem) {
            throw new DataException("cannot unlock a folder: " + AtomicFile.reason(problem), problem);
        } finally {
            HELD.remove(file);
        }
    }
}
