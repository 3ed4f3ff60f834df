package dev.rondo.cuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;

import dev.rondo.api.device.DeviceException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/** The calls of the CUDA driver that we make, on one device, and the only place that knows the binding. */
final class Driver implements AutoCloseable {
    private static final int INVALID_VALUE = 1;
    private static final int OUT_OF_MEMORY = 2;

    /** The first of the errors after which nothing in a context works any more: addresses, instructions, timeouts. */
    private static final int BROKEN = 700;

    private final CUdevice device = new CUdevice();
    private final CUcontext context = new CUcontext();
    private final Set<Arena> arenas = ConcurrentHashMap.newKeySet();
    private volatile boolean lost;
    private boolean closed;

    /** Retains the device's primary context, the one that cuBLAS lives in too. */
    Driver(int index) {
        initialise();
        check(JCudaDriver.cuDeviceGet(device, index), "the device could not be opened");
        check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "the device could not be made ready");
        use();
    }

    static int count() {
        initialise();
        int[] count = new int[1];
        check(JCudaDriver.cuDeviceGetCount(count), "the devices could not be counted");
        return count[0];
    }

    static String name(int index) {
        byte[] name = new byte[256];
        check(JCudaDriver.cuDeviceGetName(name, name.length, device(index)), "the device has no name");
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.UTF_8);
    }

    /** Compute capability as 10 major + minor. */
    static int capability(int index) {
        return capability(device(index));
    }

    private static int capability(CUdevice device) {
        return 10 * attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
                + attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    }

    /** Version of CUDA that the driver serves: 13.0. */
    static String version() {
        int[] version = new int[1];
        check(JCudaDriver.cuDriverGetVersion(version), "the driver does not say its version");
        return version[0] / 1000 + "." + version[0] % 1000 / 10;
    }

    private static void initialise() {
        JCudaDriver.setExceptionsEnabled(false);
        check(JCudaDriver.cuInit(0), "the driver does not start");
    }

    private static CUdevice device(int index) {
        CUdevice device = new CUdevice();
        check(JCudaDriver.cuDeviceGet(device, index), "there is no device " + index);
        return device;
    }

    private static int attribute(CUdevice device, int attribute) {
        int[] value = new int[1];
        check(JCudaDriver.cuDeviceGetAttribute(value, attribute, device), "the device does not say what it is");
        return value[0];
    }

    /** Makes this device the one that the calling thread talks to; before anything else. */
    void use() {
        int result = JCudaDriver.cuCtxSetCurrent(context);
        if (!lost) {
            check(result, "the device cannot be used");
        }
    }

    /** As {@link #capability(int)}. */
    int capability() {
        return capability(device);
    }

    int multiprocessors() {
        return attribute(device, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
    }

    /** Bytes that are free, and all there are. */
    long[] memory() {
        long[] free = new long[1];
        long[] total = new long[1];
        check(JCudaDriver.cuMemGetInfo(free, total), "the device does not say how much memory it has");
        return new long[] {free[0], total[0]};
    }

    CUmodule module(String file, byte[] ptx) {
        CUmodule module = new CUmodule();
        check(
                JCudaDriver.cuModuleLoadData(module, Arrays.copyOf(ptx, ptx.length + 1)), // a text ends with 0
                "the kernels of " + file + " do not load");
        return module;
    }

    CUfunction function(CUmodule module, String name) {
        CUfunction function = new CUfunction();
        check(JCudaDriver.cuModuleGetFunction(function, module, name), "the kernel " + name + " does not load");
        return function;
    }

    /** Memory, absent where there is not enough. */
    @Nullable
    Address allocate(long bytes) {
        Address pointer = new Address();
        int result = JCudaDriver.cuMemAlloc(pointer, Math.max(bytes, 4));
        if (result == OUT_OF_MEMORY) {
            return null;
        }
        work(result, "no memory could be had");
        return pointer;
    }

    static String megabytes(long bytes) {
        return (bytes + (1 << 20) - 1 >> 20) + " MB";
    }

    /** Frees memory. Of a device that fails there is nothing to free; only an address that is none is a fault of ours. */
    void free(CUdeviceptr pointer) {
        int result = JCudaDriver.cuMemFree(pointer);
        if (result == INVALID_VALUE) {
            check(result, "memory could not be freed");
        }
        lost |= result != 0;
    }

    void opened(Arena arena) {
        arenas.add(arena);
    }

    void closed(Arena arena) {
        arenas.remove(arena);
    }

    void upload(CUdeviceptr to, Pointer from, long bytes) {
        if (bytes > 0) {
            work(JCudaDriver.cuMemcpyHtoD(to, from, bytes), "values could not be copied to the device");
        }
    }

    void download(Pointer to, CUdeviceptr from, long bytes) {
        if (bytes > 0) {
            // While JCuda copies into an array the garbage collector waits: so it is not to wait for kernels too.
            work(JCudaDriver.cuCtxSynchronize(), "the device failed");
            work(JCudaDriver.cuMemcpyDtoH(to, from, bytes), "values could not be copied from the device");
        }
    }

    /** Sets words of four bytes to 0. */
    void clear(CUdeviceptr pointer, long words) {
        if (words > 0) {
            work(JCudaDriver.cuMemsetD32Async(pointer, 0, words, null), "memory could not be cleared");
        }
    }

    /**
     * Runs a kernel.
     *
     * @param blocks of the grid: x, y, z
     * @param threads of a block: x, y
     * @param arguments integers, longs, floats, and addresses or null
     */
    void launch(CUfunction function, int[] blocks, int[] threads, @Nullable Object... arguments) {
        NativePointerObject[] pointers = new NativePointerObject[arguments.length];
        for (int i = 0; i < pointers.length; i++) {
            pointers[i] = argument(arguments[i]);
        }
        int result = JCudaDriver.cuLaunchKernel(
                function,
                blocks[0],
                blocks[1],
                blocks[2],
                threads[0],
                threads[1],
                1,
                0,
                null,
                Pointer.to(pointers),
                null);
        work(result, "a kernel could not be started");
    }

    private static Pointer argument(@Nullable Object value) {
        if (value instanceof Integer number) {
            return Pointer.to(new int[] {number});
        }
        if (value instanceof Long number) {
            return Pointer.to(new long[] {number});
        }
        if (value instanceof Float number) {
            return Pointer.to(new float[] {number});
        }
        if (value instanceof DeviceArray array) {
            return Pointer.to(array.pointer());
        }
        if (value == null) {
            return Pointer.to(new long[] {0});
        }
        throw new IllegalArgumentException("no kernel takes a " + value.getClass());
    }

    /** As {@link #check}, for what may find the device broken. */
    private void work(int result, String what) {
        lost |= result >= BROKEN;
        check(result, what);
    }

    private static void check(int result, String what) {
        if (result == 0) {
            return;
        }
        String[] name = {null};
        String[] text = {null};
        JCudaDriver.cuGetErrorName(result, name);
        JCudaDriver.cuGetErrorString(result, text);
        throw new DeviceException("CUDA: " + what + " (" + (name[0] == null ? "error " + result : name[0])
                + (text[0] == null ? "" : ", " + text[0]) + ")");
    }

    /** Frees what programs have left and gives the context back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Set.copyOf(arenas).forEach(Arena::close);
        int result = JCudaDriver.cuDevicePrimaryCtxRelease(device);
        if (!lost) {
            check(result, "the device could not be given back");
        }
    }
}
