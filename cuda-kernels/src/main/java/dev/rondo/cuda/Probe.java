package dev.rondo.cuda;

import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.Devices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out, once, which devices there are; nothing else may touch JCuda before. */
final class Probe {
    /** Compute capability that the kernels need, as 10 major + minor. */
    static final int LEAST_CAPABILITY = 75;

    /** What the driver makes on Linux, and what stands for it in WSL: a look at them takes no time, JCuda takes a tenth of a second. */
    private static final List<Path> NODES = List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));

    private Probe() {}

    private static boolean visible() {
        return !System.getProperty("os.name").equals("Linux") || NODES.stream().anyMatch(Files::exists);
    }

    private static final class Found {
        static final Devices DEVICES = find();
    }

    static Devices devices() {
        return Found.DEVICES;
    }

    private static Devices find() {
        if (System.getProperty(JCudaLibrary.DRIVER) == null && !visible()) {
            return Devices.none("no NVIDIA GPU is visible here: there is neither /dev/nvidiactl nor /dev/dxg");
        }
        try {
            JCudaLibrary.load();
            int count = Driver.count();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int capability = Driver.capability(i);
                if (capability < LEAST_CAPABILITY) {
                    return new Devices(
                            names,
                            Driver.name(i) + " has compute capability " + capability / 10 + "." + capability % 10
                                    + ", and the kernels need 7.5");
                }
                names.add(Driver.name(i));
            }
            return new Devices(names, names.isEmpty() ? "the driver knows no GPU" : "");
        } catch (LinkageError missing) {
            String named = System.getProperty(JCudaLibrary.DRIVER);
            if (named != null) {
                return Devices.none(named + ", which -D" + JCudaLibrary.DRIVER + " names, is not NVIDIA's driver");
            }
            return Devices.none("no NVIDIA driver is installed, or libcuda.so.1 is not on the library path (-D"
                    + JCudaLibrary.DRIVER + "=PATH names it)");
        } catch (DeviceException failed) {
            return Devices.none(String.valueOf(failed.getMessage()));
        }
    }
}
