package dev.rondo.verification.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed without warning (SIGKILL) and started again gives the same model, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledRunTest {
    private static final String OPTIMIZER = "Adam_lr=0.01";

    private byte[] uninterrupted = new byte[0];

    @BeforeAll
    void runWithoutInterruption(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(start(folder, 0, "", 1)).contains("epoch " + SmallRun.EPOCHS);
        uninterrupted = Files.readAllBytes(folder.resolve("model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch 1", "chunk 3.2", "epoch 6", "chunk 10.4"})
    void goesOnToTheSameBytes(String place, @TempDir Path folder) throws IOException, InterruptedException {
        List<String> before = start(folder, 30, place, 2);
        assertThat(before).contains(place).doesNotContain("epoch " + SmallRun.EPOCHS);
        assertThat(folder.resolve("model.safetensors")).doesNotExist();
        List<String> after = start(folder, 0, "", 2);
        assertThat(after).contains("epoch " + SmallRun.EPOCHS).noneMatch(line -> line.startsWith("notice"));
        assertThat(after).doesNotContain("chunk 1.1"); // it did not begin anew
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors"))).isEqualTo(uninterrupted);
    }

    @Test
    void threeKillsInOneRunChangeNothing(@TempDir Path folder) throws IOException, InterruptedException {
        start(folder, 15, "chunk 2.1", 1);
        start(folder, 15, "epoch 4", 2); // another number of threads changes nothing either
        start(folder, 15, "chunk 8.3", 1);
        start(folder, 0, "", 2);
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors"))).isEqualTo(uninterrupted);
    }

    /** Runs the child until it ends, or kills it when it says {@code place}; what it said. */
    private static List<String> start(Path folder, int pause, String place, int threads)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Drondo.threads=" + threads,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallRun.class.getName(),
                        folder.toString(),
                        OPTIMIZER,
                        Integer.toString(pause))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.equals(place)) {
                    child.destroyForcibly();
                    break;
                }
            }
        }
        int code = child.waitFor();
        assertThat(code).as("exit code; the run said %s", said).isEqualTo(place.isEmpty() ? 0 : 137);
        return said;
    }
}
