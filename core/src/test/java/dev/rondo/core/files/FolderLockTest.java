package dev.rondo.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    private static final int TAKEN = 10;
    private static final int REFUSED = 11;

    @TempDir
    Path folder;

    /** Another process, which says by its exit status whether it got the lock. */
    static final class Other {
        public static void main(String[] arguments) {
            try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
                System.exit(TAKEN);
            } catch (DataException refused) {
                System.exit(REFUSED);
            }
        }
    }

    @Test
    void keepsOtherProcessesOutUntilItIsClosed() throws Exception {
        FolderLock lock = FolderLock.take(folder);
        assertThat(otherProcess()).isEqualTo(REFUSED);
        lock.close();
        assertThat(otherProcess()).isEqualTo(TAKEN);
    }

    /** Where one process's closing of any channel of a file ends its locks, as on Linux, a refused attempt must open none. */
    @Test
    void aRefusedSecondAttemptLeavesTheLockAsItIs() throws Exception {
        try (FolderLock lock = FolderLock.take(folder)) {
            assertRefused(folder);
            assertRefused(folder.resolve("../" + folder.getFileName())); // by another name
            assertThat(otherProcess()).isEqualTo(REFUSED);
        }
        FolderLock.take(folder).close();
    }

    @Test
    void aSecondCloseDoesNotOpenTheFolderToOthers() {
        FolderLock first = FolderLock.take(folder);
        first.close();
        try (FolderLock second = FolderLock.take(folder)) {
            first.close();
            assertRefused(folder);
        }
    }

    @Test
    void aFolderThatIsNotThereIsNotHeld() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> FolderLock.take(missing))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot lock " + missing);
    }

    private static void assertRefused(Path folder) {
        assertThatThrownBy(() -> FolderLock.take(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("another process is at work in " + folder);
    }

    private int otherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
