package dev.rondo.cuda;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.rondo.api.device.DeviceException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Products by NVIDIA's cuBLAS, of whatever version is on the library path; in the primary context of the calling thread. */
final class Cublas implements AutoCloseable {
    /** The system property that names the library where the loader does not find it. */
    static final String PROPERTY = "rondo.cuda.cublas";

    private static final List<String> NAMES = List.of(
            "libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "cublas64_13", "cublas64_12", "cublas64_11");

    private static final int SINGLE = 0; // CUDA_R_32F
    private static final int DEFAULT_ALGORITHM = -1;

    private final Pointer handle;
    private final Function gemm;
    private final Function destroy;
    private final String version;

    private Cublas(NativeLibrary library) {
        PointerByReference made = new PointerByReference();
        check(library.getFunction("cublasCreate_v2").invokeInt(new Object[] {made}), "does not start");
        handle = made.getValue();
        IntByReference number = new IntByReference();
        check(library.getFunction("cublasGetVersion_v2").invokeInt(new Object[] {handle, number}), "has no version");
        version = Integer.toString(number.getValue());
        gemm = library.getFunction("cublasGemmEx");
        destroy = library.getFunction("cublasDestroy_v2");
    }

    /**
     * cuBLAS of the newest version that starts, absent where there is none: one may be too new for the driver.
     *
     * @throws DeviceException if {@link #PROPERTY} names one that does not
     */
    static @Nullable Cublas find() {
        String named = System.getProperty(PROPERTY);
        if (named == null) {
            return newest(NAMES);
        }
        try {
            if (Path.of(named).isAbsolute()) {
                System.load(named); // says in one line what is wrong, where JNA adds the whole class path
            }
            return new Cublas(NativeLibrary.getInstance(named));
        } catch (LinkageError | DeviceException e) {
            throw new DeviceException("the cuBLAS that -D" + PROPERTY + " names cannot be used: " + e.getMessage());
        }
    }

    /** The first that starts of {@code names}. */
    static @Nullable Cublas newest(List<String> names) {
        for (String name : names) {
            try {
                return new Cublas(NativeLibrary.getInstance(name));
            } catch (LinkageError | DeviceException next) {
                // not there, or not for this driver
            }
        }
        return null;
    }

    String version() {
        return version;
    }

    /**
     * C [m, n] = op(A) op(B), or C += it; row-major.
     *
     * <p>What is row-major to us is the transpose, column-major, to cuBLAS: Cᵀ = op(B)ᵀ op(A)ᵀ.
     */
    synchronized void multiply(
            int m,
            int n,
            int k,
            Products.Matrix a,
            boolean transposedA,
            Products.Matrix b,
            boolean transposedB,
            Products.Matrix c,
            boolean add,
            Precision precision) {
        Object[] arguments = {
            handle,
            transposedB ? 1 : 0,
            transposedA ? 1 : 0,
            n,
            m,
            k,
            new FloatByReference(1),
            address(b),
            SINGLE,
            b.stride(),
            address(a),
            SINGLE,
            a.stride(),
            new FloatByReference(add ? 1 : 0),
            address(c),
            SINGLE,
            c.stride(),
            precision.cublas(),
            DEFAULT_ALGORITHM
        };
        check(gemm.invokeInt(arguments), "could not multiply");
    }

    private static Pointer address(Products.Matrix matrix) {
        return new Pointer(matrix.values().address());
    }

    private static void check(int status, String what) {
        if (status != 0) {
            throw new DeviceException("cuBLAS " + what + " (status " + status + ")");
        }
    }

    /** Of a context that is lost nothing is left to end, so that what cuBLAS answers does not matter. */
    @Override
    public void close() {
        destroy.invokeInt(new Object[] {handle});
    }
}
