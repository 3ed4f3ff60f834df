package dev.rondo.verification.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.files.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison that is killed without warning (SIGKILL) goes on with the same command, to the same figures. */
class KilledComparisonTest {
    @TempDir
    Path folder;

    @Test
    void goesOnToTheSameFigures() throws IOException, InterruptedException {
        run("whole", 1, "");
        assertThat(run("killed", 2, "1/6 ")).noneMatch(line -> line.startsWith("6/6 "));
        assertThat(folder.resolve("killed/table.json")).doesNotExist();
        List<String> said = run("killed", 1, "");
        assertThat(said).anyMatch(line -> line.matches("[1-5] of 6 runs are complete already"));
        assertThat(figures("killed")).hasSize(3).isEqualTo(figures("whole"));
        for (Path model : models("whole")) {
            assertThat(folder.resolve("killed").resolve(model))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(model));
        }
    }

    /** Test figures and numbers of epochs of each entry; seconds differ. */
    private List<List<Object>> figures(String name) throws IOException {
        Map<String, Object> table =
                Json.object(Files.readString(folder.resolve(name).resolve("table.json")));
        List<List<Object>> figures = new ArrayList<>();
        for (Object entry : (List<?>) Objects.requireNonNull(table.get("entries"))) {
            Map<?, ?> values = (Map<?, ?>) entry;
            figures.add(
                    List.of(values.get("layers"), values.get("test"), values.get("validation"), values.get("epochs")));
        }
        return figures;
    }

    private List<Path> models(String name) throws IOException {
        Path root = folder.resolve(name);
        try (var files = Files.walk(root)) {
            List<Path> models = files.filter(each -> each.endsWith("model.safetensors"))
                    .map(root::relativize)
                    .toList();
            assertThat(models).hasSize(6);
            return models;
        }
    }

    /** Runs the comparison until it ends, or kills it when it says a line that begins with {@code place}; what it said. */
    private List<String> run(String name, int jobs, String place) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                classPath,
                "dev.rondo.cli.Main",
                "compare"));
        command.addAll(List.of("--cells", "GRU,SRU,MGU", "--units", "4", "--seeds", "2", "--data", "sine_1"));
        command.addAll(List.of("--epochs", "30", "--series", "3", "--length", "200", "--seq-len", "20"));
        command.addAll(List.of(
                "--jobs", Integer.toString(jobs), "--out", folder.resolve(name).toString()));
        Process child = new ProcessBuilder(command)
                .directory(new File("."))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = child.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (!place.isEmpty() && line.startsWith(place)) {
                    child.destroyForcibly();
                    break;
                }
            }
        }
        int code = child.waitFor();
        assertThat(code).as("exit code; it said %s", said).isEqualTo(place.isEmpty() ? 0 : 137);
        return said;
    }
}
