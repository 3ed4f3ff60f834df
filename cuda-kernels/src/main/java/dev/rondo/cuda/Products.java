package dev.rondo.cuda;

import dev.rondo.api.device.DeviceException;
import org.jspecify.annotations.Nullable;

/** Products of matrices on a device, row-major. */
final class Products implements AutoCloseable {
    private static final String FILE = "gemm";
    private static final int TILE = 128;
    private static final int DEPTH = 16;
    private static final int THREADS = 256;
    /** Blocks that the grid's second dimension may have. */
    private static final int MOST_BLOCKS = 65_535;
    /** Multiplications from which on cuBLAS is quicker; not measured yet. */
    private static final double LARGE = 1 << 27;

    /** Compute capability of devices with these tensor cores. */
    static final int TENSOR_CAPABILITY = 80;

    /** A matrix in memory: the first of its values, and how many of them lie between one row and the next. */
    record Matrix(DeviceArray values, int stride) {
        private boolean quads() {
            return values.aligned() && stride % 4 == 0;
        }
    }

    private final KernelLibrary kernels;
    private final Rows rows;
    private final Precision precision;
    private final ProductSource source;
    private final int multiprocessors;
    /** Looked for at once, so that the description tells whose products they are. */
    private @Nullable Cublas cublas;
    /** Why there is no cuBLAS although one was named. */
    private String obstacle = "";

    /**
     * Products on a device.
     *
     * @throws DeviceException if the device or cuBLAS cannot do what is asked for
     */
    Products(KernelLibrary kernels, Driver driver, Precision precision, ProductSource source) {
        this.kernels = kernels;
        rows = new Rows(kernels);
        this.precision = precision;
        this.source = source;
        multiprocessors = driver.multiprocessors();
        if (precision != Precision.FP32 && driver.capability() < TENSOR_CAPABILITY) {
            throw new DeviceException(precision + " need compute capability 8.0, and this device has "
                    + driver.capability() / 10 + "." + driver.capability() % 10 + ": leave the precision at fp32");
        }
        if (source == ProductSource.CUBLAS && precision == Precision.TF32X3) {
            throw new DeviceException("cuBLAS has no " + precision + ": products=own has");
        }
        if (source == ProductSource.CUBLAS || source == ProductSource.AUTO && precision != Precision.TF32X3) {
            find();
        }
        if (source == ProductSource.CUBLAS && cublas == null) {
            throw new DeviceException(
                    "there is no cuBLAS that starts on the library path (libcublas.so.13, .12 or .11; -D"
                            + Cublas.PROPERTY + "=PATH names another): products=own does without");
        }
    }

    /** Finds cuBLAS; where it may be used but need not be, one that cannot be is told in the description. */
    private void find() {
        try {
            cublas = Cublas.find();
        } catch (DeviceException e) {
            if (source == ProductSource.CUBLAS) {
                throw e;
            }
            obstacle = String.valueOf(e.getMessage());
        }
    }

    /** Loads the kernels that products may need. */
    void load() {
        rows.load();
        if (source != ProductSource.CUBLAS) {
            kernels.load(FILE);
            if (precision != Precision.FP32) {
                kernels.load(KernelLibrary.TENSOR);
            }
        }
    }

    /** Whose products large ones are. */
    String description() {
        if (cublas == null) {
            return precision + (obstacle.isEmpty() ? "" : " by own products, as " + obstacle);
        }
        return precision + (source == ProductSource.AUTO ? ", large ones" : "") + " by cuBLAS " + cublas.version();
    }

    /** C [m, n] = A [m, k] B [k, n]. */
    void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add) {
        boolean quads = a.quads() && b.quads() && k % 4 == 0 && n % 4 == 0;
        Cublas other = other(m, n, k);
        if (other != null) {
            other.multiply(m, n, k, a, false, b, false, c, add, precision);
        } else {
            launch("nn", quads, m, n, k, a, b, c, add, 1);
        }
    }

    /** C [m, n] = A [m, k] Bᵀ with B [n, k]. */
    void multiplyTransposed(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add) {
        boolean quads = a.quads() && b.quads() && k % 4 == 0;
        Cublas other = other(m, n, k);
        if (other != null) {
            other.multiply(m, n, k, a, false, b, true, c, add, precision);
        } else {
            launch("nt", quads, m, n, k, a, b, c, add, 1);
        }
    }

    /** Number of words that {@link #transposedMultiply} needs to work with. */
    long workspace(int m, int n, int k) {
        int parts = parts(m, n, k);
        return parts == 1 ? 0 : (long) parts * m * n + Rows.workspace(parts, m * n);
    }

    /** C [m, n] = Aᵀ B with A [k, m] and B [k, n]: for few values of C, each a long sum. Rows of C follow each other closely. */
    void transposedMultiply(int m, int n, int k, Matrix a, Matrix b, DeviceArray c, DeviceArray workspace) {
        Cublas other = other(m, n, k);
        if (other != null) {
            other.multiply(m, n, k, a, true, b, false, new Matrix(c, n), false, precision);
            return;
        }
        int parts = parts(m, n, k);
        boolean quads = a.quads() && b.quads() && m % 4 == 0 && n % 4 == 0;
        launch("tn", quads, m, n, k, a, b, new Matrix(parts == 1 ? c : workspace, n), false, parts);
        if (parts > 1) {
            rows.sum(parts, m * n, workspace, workspace.from((long) parts * m * n), c);
        }
    }

    /** cuBLAS, where it is to be used for a product of this size. */
    private @Nullable Cublas other(int m, int n, int k) {
        return switch (source) {
            case OWN -> null;
            case CUBLAS -> cublas;
            case AUTO -> (double) m * n * k >= LARGE ? cublas : null;
        };
    }

    /** Parts of a long sum, so that every multiprocessor has some. */
    private int parts(int m, int n, int k) {
        long tiles = (long) blocks(m) * blocks(n);
        long wanted = (2L * multiprocessors + tiles - 1) / tiles;
        long most = Math.max(1, k / (8 * DEPTH));
        int parts = (int) Math.min(wanted, most);
        return (k + each(k, parts) - 1) / each(k, parts);
    }

    private static int each(int k, int parts) {
        return ((k + parts - 1) / parts + DEPTH - 1) / DEPTH * DEPTH;
    }

    private static int blocks(int size) {
        return (size + TILE - 1) / TILE;
    }

    /** Tensor cores take four neighbours at once; what is not cut for them is multiplied in single precision. */
    private void launch(
            String form, boolean quads, int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add, int parts) {
        boolean tensor = precision != Precision.FP32 && quads;
        String kernel = "gemm_" + (tensor ? precision.name().toLowerCase(java.util.Locale.ROOT) + "_" : "") + form
                + (quads ? 4 : 1);
        int most = MOST_BLOCKS * TILE;
        for (int from = 0; from < m; from += most) {
            int count = Math.min(most, m - from);
            kernels.launch(
                    tensor ? KernelLibrary.TENSOR : FILE,
                    kernel,
                    new int[] {blocks(n), blocks(count), parts},
                    new int[] {THREADS, 1},
                    count,
                    n,
                    k,
                    a.values().from(form.equals("tn") ? from : (long) from * a.stride()),
                    a.stride(),
                    b.values(),
                    b.stride(),
                    c.values().from((long) from * c.stride()),
                    c.stride(),
                    add ? 1 : 0,
                    each(k, parts));
        }
    }

    @Override
    public void close() {
        if (cublas != null) {
            cublas.close();
            cublas = null;
        }
    }
}
