package dev.rondo.cuda;

import dev.rondo.api.device.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import org.jspecify.annotations.Nullable;

/** The kernels of a device, each file loaded when it is first used; the driver compiles it then, and remembers it. */
final class KernelLibrary {
    /** What there is, each with kernels of its own. */
    static final List<String> FILES =
            List.of("sru_forward", "sru_backward", "qrnn_f", "qrnn_fo", "qrnn_ifo", "gemm", "rows", "tensor");

    /** The one that needs compute capability 8.0. */
    static final String TENSOR = "tensor";

    private final Driver driver;
    private final Map<String, CUmodule> modules = new LinkedHashMap<>();
    private final Map<String, CUfunction> functions = new LinkedHashMap<>();

    KernelLibrary(Driver driver) {
        this.driver = driver;
    }

    /** Loads all files and says which of them cannot be. */
    synchronized String check() {
        List<String> failed = new ArrayList<>();
        for (String file : FILES) {
            if (file.equals(TENSOR) && driver.capability() < Products.TENSOR_CAPABILITY) {
                failed.add(file + ": needs compute capability 8.0");
                continue;
            }
            try {
                load(file);
            } catch (DeviceException e) {
                failed.add(e.getMessage());
            }
        }
        return failed.isEmpty()
                ? "kernels loaded: " + String.join(", ", FILES)
                : "kernels that do not load: " + String.join("; ", failed);
    }

    /**
     * Loads a file, so that running its kernels cannot fail for that.
     *
     * @throws DeviceException if the driver does not take it
     */
    synchronized void load(String file) {
        modules.computeIfAbsent(file, any -> driver.module(file, ptx(file)));
    }

    /**
     * Runs a kernel.
     *
     * @param file that it stands in, without its ending
     */
    void launch(String file, String kernel, int[] blocks, int[] threads, @Nullable Object... arguments) {
        driver.launch(function(file, kernel), blocks, threads, arguments);
    }

    private synchronized CUfunction function(String file, String kernel) {
        return functions.computeIfAbsent(
                kernel,
                name -> driver.function(modules.computeIfAbsent(file, any -> driver.module(file, ptx(file))), name));
    }

    /** What {@code file} was compiled to. */
    static byte[] ptx(String file) {
        try (InputStream in = KernelLibrary.class.getResourceAsStream(file + ".ptx")) {
            if (in == null) {
                throw new DeviceException("the kernels " + file + " are not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new DeviceException("the kernels " + file + " cannot be read: " + e.getMessage());
        }
    }
}
