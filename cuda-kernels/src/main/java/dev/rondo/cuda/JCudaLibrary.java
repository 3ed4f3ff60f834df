package dev.rondo.cuda;

import dev.rondo.api.device.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;

/**
 * Makes JCuda's native library ready.
 *
 * <p>JCuda unpacks it to a fixed name in the folder for temporary files and loads whatever lies there, so that two JVMs which start
 * together may load half a file. We put the whole file there first, under another name that is then changed at once.
 */
final class JCudaLibrary {
    /** The system property that names the driver's library where the loader does not find it, as in WSL and containers. */
    static final String DRIVER = "rondo.cuda.driver";

    private static final String VERSION = "12.6.0";

    private JCudaLibrary() {}

    /**
     * Unpacks what JCuda will load.
     *
     * @throws UnsatisfiedLinkError if there is nothing for this machine
     * @throws DeviceException if it cannot be unpacked, or {@link #DRIVER} names no library
     */
    static void load() {
        String file = "libJCudaDriver-" + VERSION + "-linux-x86_64.so";
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            return; // what JCuda has for other machines it unpacks itself
        }
        try (InputStream packed = jcuda.driver.CUdevice.class.getResourceAsStream("/lib/" + file)) {
            if (packed == null) {
                throw new UnsatisfiedLinkError("JCuda's native library " + file + " is not on the class path");
            }
            place(
                    packed.readAllBytes(),
                    Path.of(System.getProperty("java.io.tmpdir")).resolve(file));
        } catch (IOException e) {
            throw new DeviceException("JCuda's native library could not be unpacked to "
                    + System.getProperty("java.io.tmpdir") + ": " + e.getMessage());
        }
        String driver = System.getProperty(DRIVER);
        if (driver != null) {
            loadDriver(Path.of(driver).toAbsolutePath());
        }
    }

    private static void loadDriver(Path driver) {
        try {
            System.load(driver.toString());
        } catch (UnsatisfiedLinkError e) {
            throw new DeviceException("the driver that -D" + DRIVER + " names does not load: " + e.getMessage());
        }
    }

    /** Puts a library where every user can load it, whole at each moment; leaves one alone that is the same. */
    static void place(byte[] library, Path file) throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), library)) {
            return;
        }
        Path whole = Files.createTempFile(file.getParent(), "rondo", ".so");
        Files.write(whole, library);
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--")); // other users load it too
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
