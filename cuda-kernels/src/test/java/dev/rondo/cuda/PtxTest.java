package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The PTX that is shipped: it was compiled from the sources that lie here, and becomes machine code for every device we promise. */
@Tag("kernels")
final class PtxTest {
    private static final Path SOURCES = Path.of("src", "main", "cuda");
    /** Every device that JCuda's compiler, which is CUDA 12.0's, and we both know. */
    private static final List<Integer> DEVICES = List.of(75, 80, 86, 89, 90);
    /** The compiler that the PTX was made by. */
    private static final String NVCC = "V13.0.88";
    /** Registers with which two blocks of 256 threads fit on a multiprocessor. */
    private static final int MOST_TILED = 128;
    /** Registers that a thread may have at all; more would be spilled. */
    private static final int MOST = 255;

    private static final Pattern USE = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SPILL = Pattern.compile("(\\d+) bytes spill stores");
    private static final Pattern FUNCTION = Pattern.compile("entry function '(\\w+)'");

    @TestFactory
    Stream<DynamicTest> isCompiledFromTheseSources() {
        return KernelLibrary.FILES.stream()
                .map(file -> dynamicTest(file, () -> {
                    String sources = hash(file);
                    assertThat(ptx(file).lines().findFirst().orElseThrow())
                            .as("first line of %s.ptx; cuda-kernels/ptx compiles it anew", file)
                            .endsWith(": " + sources);
                }));
    }

    /** The same compiler makes the same text of the same source; tried with the file that takes least time. */
    @Test
    void isWhatNvccMakes(@TempDir Path folder) throws IOException, InterruptedException {
        Path made = folder.resolve("rows.ptx");
        assumeTrue(
                run(folder, "nvcc", "--version").contains(NVCC), "nvcc " + NVCC + " is not there to compile it anew");
        run(
                folder,
                "nvcc",
                "-arch=compute_75",
                "-ptx",
                "-o",
                made.toString(),
                SOURCES.resolve("rows.cu").toString());
        assertThat(code(Files.readString(made))).isEqualTo(code(ptx("rows")));
    }

    /** Without comments, empty lines and the version, which is lowered on purpose. */
    private static List<String> code(String ptx) {
        return ptx.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("//") && !line.startsWith(".version"))
                .toList();
    }

    /** What a command prints; nothing where there is none of this name. */
    private static String run(Path folder, String... command) throws InterruptedException, IOException {
        Path output = folder.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException missing) {
            return "";
        }
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    @TestFactory
    Stream<DynamicTest> isAcceptedByOldDrivers() {
        return KernelLibrary.FILES.stream()
                .map(file -> dynamicTest(
                        file,
                        () -> assertThat(ptx(file).lines().skip(1).limit(2))
                                .containsExactly(
                                        file.equals(KernelLibrary.TENSOR)
                                                ? new String[] {".version 7.0", ".target sm_80"}
                                                : new String[] {".version 6.3", ".target sm_75"})));
    }

    @TestFactory
    Stream<DynamicTest> assembles() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : KernelLibrary.FILES) {
            for (int device : DEVICES) {
                if (device >= Products.TENSOR_CAPABILITY || !file.equals(KernelLibrary.TENSOR)) {
                    // All begin now, on every processor there is.
                    CompletableFuture<String> log = CompletableFuture.supplyAsync(() -> assembled(file, device));
                    tests.add(dynamicTest(file + " for sm_" + device, () -> registers(log.get())));
                }
            }
        }
        return tests.stream();
    }

    /** What the assembler says of a file that it has assembled. */
    private static String assembled(String file, int device) {
        byte[] ptx = KernelLibrary.ptx(file);
        nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
        assertThat(JNvPTXCompiler.nvPTXCompilerCreate(handle, ptx.length, ptx)).isZero();
        String[] options = {"--gpu-name=sm_" + device, "--verbose"};
        int result = JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options);
        long[] size = new long[1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(handle, size);
        byte[] errors = new byte[Math.toIntExact(size[0]) + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(handle, errors);
        assertThat(result).as(text(errors)).isZero();
        JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(handle, size);
        byte[] info = new byte[Math.toIntExact(size[0]) + 1];
        JNvPTXCompiler.nvPTXCompilerGetInfoLog(handle, info);
        JNvPTXCompiler.nvPTXCompilerDestroy(handle);
        return text(info);
    }

    private static void registers(String log) {
        String kernel = "";
        int seen = 0;
        for (String line : log.lines().toList()) {
            Matcher function = FUNCTION.matcher(line);
            kernel = function.find() ? function.group(1) : kernel;
            Matcher spill = SPILL.matcher(line);
            if (spill.find()) {
                assertThat(spill.group(1)).as("bytes that %s spills", kernel).isEqualTo("0");
            }
            Matcher use = USE.matcher(line);
            if (use.find()) {
                seen++;
                boolean tiled = kernel.endsWith("_chunk") || kernel.endsWith("_split");
                assertThat(Integer.parseInt(use.group(1)))
                        .as("registers of %s", kernel)
                        .isLessThanOrEqualTo(tiled ? MOST_TILED : MOST);
            }
        }
        assertThat(seen).as("kernels that the log tells of:\n%s", log).isPositive();
    }

    private static String text(byte[] log) {
        int end = 0;
        while (end < log.length && log[end] != 0) {
            end++;
        }
        return new String(log, 0, end, StandardCharsets.UTF_8);
    }

    private static String ptx(String file) {
        return new String(KernelLibrary.ptx(file), StandardCharsets.UTF_8);
    }

    /** Of the file's source and all headers, as the script takes it. */
    private static String hash(String file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Files.readAllBytes(SOURCES.resolve(file + ".cu")));
        try (Stream<Path> all = Files.list(SOURCES)) {
            Path[] headers =
                    all.filter(path -> path.toString().endsWith(".cuh")).toArray(Path[]::new);
            Arrays.sort(headers);
            for (Path header : headers) {
                digest.update(Files.readAllBytes(header));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
