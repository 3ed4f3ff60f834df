package dev.rondo.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device that tests run on: the GPU where there is one, else the kernels' sources compiled by g++ into a stand-in for the driver,
 * which JCuda drives as it drives the real one.
 */
final class Emulation {
    private static final Pattern ENTRY = Pattern.compile("\\.entry (\\w+)\\(");
    private static final Path SOURCES = Path.of("src", "main", "cuda");
    private static final Path SHIM = Path.of("src", "test", "cuda");
    private static final Path BUILD = Path.of("target", "emulation");

    /** Bytes of memory that there are at the start. */
    static final long ENOUGH = 1L << 31;

    private Emulation() {}

    private static final class Library {
        static final String OBSTACLE = prepare();
    }

    /** Whether tests run on a GPU. */
    static boolean real() {
        return Files.exists(Path.of("/dev/nvidiactl"));
    }

    /** Skips the test, with the reason, where there is neither a GPU nor g++. */
    static void require() {
        if (!real()) {
            assumeTrue(Library.OBSTACLE.isEmpty(), Library.OBSTACLE);
        }
    }

    /** In which order the threads of a block run: 0 ascending, 1 descending, 2 mixed. */
    static void order(int order) {
        call("rondo_emulation_order", order);
    }

    /** How much memory there is. */
    static void capacity(long bytes) {
        call("rondo_emulation_capacity", bytes);
    }

    /** Loses the device after so many copies and launches; never if negative. */
    static void loseAfter(int calls) {
        call("rondo_emulation_lose_after", calls);
    }

    /** Whether the driver takes no kernels. */
    static void refuseKernels(boolean refuse) {
        call("rondo_emulation_refuse_kernels", refuse ? 1 : 0);
    }

    /** Bytes that are allocated. */
    static long used() {
        require();
        return (Long) function("rondo_emulation_used").invoke(Long.class, new Object[0]);
    }

    private static void call(String name, Object argument) {
        require();
        function(name).invoke(new Object[] {argument});
    }

    private static Function function(String name) {
        return NativeLibrary.getInstance(library().toString()).getFunction(name);
    }

    private static Path library() {
        return BUILD.resolve("libcuda.so.1").toAbsolutePath();
    }

    private static String prepare() {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            return "the kernels are emulated on Linux on x86-64 only";
        }
        try {
            Files.createDirectories(BUILD);
            StringBuilder includes = new StringBuilder();
            StringBuilder entries = new StringBuilder();
            for (String file : KernelLibrary.FILES) {
                includes.append("#include \"").append(file).append(".cu\"\n");
                Matcher entry = ENTRY.matcher(new String(KernelLibrary.ptx(file), StandardCharsets.UTF_8));
                while (entry.find()) {
                    entries.append("ENTRY(").append(entry.group(1)).append(")\n");
                }
            }
            Files.writeString(BUILD.resolve("kernels.inc"), includes);
            Files.writeString(BUILD.resolve("entries.inc"), entries);
            compile("driver.cpp", "libcuda.so.1", "-include", "emulation.h");
            compile("cublas.cpp", "libcublas.so");
        } catch (IOException noCompiler) {
            return "there is no g++ to compile the kernels for this processor (" + noCompiler.getMessage() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while g++ ran", e));
        }
        System.setProperty(JCudaLibrary.DRIVER, library().toString());
        System.setProperty(
                Cublas.PROPERTY, BUILD.resolve("libcublas.so").toAbsolutePath().toString());
        return "";
    }

    private static void compile(String source, String library, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "g++",
                "-std=c++17",
                "-O1",
                "-fPIC",
                "-shared",
                "-Wall",
                "-Werror",
                "-Wno-unknown-pragmas",
                "-U_FORTIFY_SOURCE", // its longjmp takes a jump from one stack to another for a fault
                "-Wl,-soname," + library,
                "-I" + BUILD,
                "-I" + SOURCES,
                "-I" + SHIM));
        command.addAll(List.of(more));
        command.addAll(List.of(
                SHIM.resolve(source).toString(), "-o", BUILD.resolve(library).toString()));
        Path log = BUILD.resolve(library + ".log");
        Process compiler = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!compiler.waitFor(5, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            throw new IllegalStateException("g++ does not compile " + source + ":\n" + Files.readString(log));
        }
    }

    /** How many products the stand-in for cuBLAS has made. */
    static int products() {
        require();
        return cublas("rondo_emulation_products").invokeInt(new Object[0]);
    }

    /** Whether cuBLAS does not start. */
    static void refuseCublas(boolean refuse) {
        require();
        cublas("rondo_emulation_refuse_cublas").invoke(new Object[] {refuse ? 1 : 0});
    }

    private static Function cublas(String name) {
        return NativeLibrary.getInstance(System.getProperty(Cublas.PROPERTY)).getFunction(name);
    }
}
