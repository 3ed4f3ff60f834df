package dev.rondo.core.kernels;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kernels that this Java run uses, and why.
 *
 * @param kernels the kernels
 * @param note for the log: what runs and, if it is not the fast one, what would turn that on
 */
public record KernelChoice(Kernels kernels, String note) {
    /** The system property that overrides the choice: "simd" or "plain". */
    public static final String PROPERTY = "rondo.kernels";

    /** The option of the java command that turns the SIMD kernels on. */
    public static final String FLAG = "--add-modules jdk.incubator.vector";

    private static final String MODULE = "jdk.incubator.vector";
    private static final String SIMD = "dev.rondo.core.kernels.VectorKernels";
    /** An x86 processor with shorter vectors than AVX2 has no fused multiply-add, whose replacement is thousands of times slower. */
    private static final int FEWEST_LANES = "aarch64".equals(System.getProperty("os.arch")) ? 4 : 8;

    /** Whether these are not the fast kernels. */
    public boolean slow() {
        return kernels instanceof PlainKernels;
    }

    /** Takes the SIMD kernels if the JVM has the vector module and vectors long enough, unless the property says otherwise. */
    public static KernelChoice find() {
        return find(
                System.getProperty(PROPERTY),
                ModuleLayer.boot().findModule(MODULE).isPresent());
    }

    static KernelChoice find(@Nullable String wish, boolean modulePresent) {
        String asked = wish == null ? "" : wish.strip().toLowerCase(Locale.ROOT);
        switch (asked) {
            case "plain" -> {
                return new KernelChoice(new PlainKernels(), "plain Java, because -D" + PROPERTY + "=plain is set");
            }
            case "", "simd" -> {
                if (modulePresent) {
                    Kernels simd = simd();
                    if (simd.lanes() >= FEWEST_LANES) {
                        return new KernelChoice(simd, simd.description());
                    }
                    if (!asked.isEmpty()) {
                        throw new IllegalStateException("-D" + PROPERTY + "=simd: this processor has vectors of "
                                + simd.lanes() + " floats, the SIMD kernels need " + FEWEST_LANES);
                    }
                    return new KernelChoice(new PlainKernels(), "plain Java, because the vectors here are too short");
                }
                if (!asked.isEmpty()) {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=simd needs the vector module: start java with " + FLAG);
                }
                return new KernelChoice(new PlainKernels(), "plain Java; several times faster with java " + FLAG);
            }
            default -> throw new IllegalArgumentException("-D" + PROPERTY + "=" + wish + ": known are simd and plain");
        }
    }

    /** The kernels that need no flag, for comparison with the ones found. */
    public static Kernels plain() {
        return new PlainKernels();
    }

    private static Kernels simd() {
        // By name, for the class cannot be loaded where the module is missing.
        try {
            return (Kernels) Class.forName(SIMD).getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the SIMD kernels did not start", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the SIMD kernels are missing from the class path", e);
        }
    }
}
