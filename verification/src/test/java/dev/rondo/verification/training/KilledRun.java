package dev.rondo.verification.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a {@link SmallRun} and kills it. */
public final class KilledRun {
    private static final String OPTIMIZER = "Adam_lr=0.01";

    private KilledRun() {}

    /**
     * Runs the child until it ends, or kills it when it says {@code place}.
     *
     * @param method spec of a training method; empty for none
     * @param pause after each chunk, in ms
     * @param place empty to let it run to its end
     * @return what it said
     */
    public static List<String> start(String method, Path folder, int pause, String place, int threads)
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
                        Integer.toString(pause),
                        method)
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
