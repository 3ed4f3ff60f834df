package dev.rondo.verification.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin example's JAR, dropped into a plugins folder: the command lists the cell with its JAR and trains it by name. */
class DropInTest {
    @TempDir
    private Path folder;

    private record Ended(int status, String out, String err) {}

    /** A JVM of its own, whose class path ends with everything in the plugins folder, as the rondo script writes it. */
    private Ended rondo(String... arguments) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Drondo.plugins=" + folder.resolve("plugins"),
                "-cp",
                classPath + File.pathSeparator + folder.resolve("plugins").resolve("*"),
                "dev.rondo.cli.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private void dropIn() throws IOException {
        Path jar = TwinCellsTest.jar("kotlin-plugin");
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(jar, plugins.resolve("leaky-rnn.jar"));
    }

    @Test
    void isListedWithItsJar() throws Exception {
        dropIn();
        Ended listed = rondo("plugins");
        assertThat(listed.status()).as(listed.err()).isZero();
        assertThat(listed.out()).contains("LeakyRNN").contains("leaky-rnn.jar");
    }

    @Test
    void isTrainedByName() throws Exception {
        dropIn();
        Ended trained = rondo(
                "train",
                "--data",
                "sine_1",
                "--layers",
                "LeakyRNN_4",
                "--epochs",
                "2",
                "--length",
                "200",
                "--seq-len",
                "20",
                "--batch-size",
                "3",
                "--json");
        assertThat(trained.status()).as(trained.err()).isZero();
        // W, U and b of the new value, b of the share that is kept; the Linear that is added
        int parameters = (1 * 4 + 4 * 4 + 4) + 4 + (4 * 1 + 1);
        assertThat(trained.out()).contains("\"parameters\":" + parameters).contains("\"testLoss\":");
        try (var runs = Files.walk(folder.resolve("runs"))) {
            assertThat(runs.map(each -> each.getFileName().toString())).contains("model.safetensors");
        }
    }
}
