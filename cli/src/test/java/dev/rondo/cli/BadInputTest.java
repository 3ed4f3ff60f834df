package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds exit code and message of wrong input against golden files: the arguments, one to a line, then {@code ----}, then
 * the exit code and standard error.
 *
 * <p>{@code FOLDER} stands for a fresh folder with the files of {@code src/test/resources/input}, {@code ENGINE} for what computes. {@code -Drondo.golden=write}
 * writes the messages anew, to be read before they are committed.
 */
class BadInputTest {
    private static final Path GOLDEN = Path.of("src/test/resources/bad-input");
    private static final Path INPUT = Path.of("src/test/resources/input");

    @TempDir
    Path folder;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatIsWrong(Path file) throws IOException {
        try (Stream<Path> files = Files.list(INPUT)) {
            for (Path each : files.toList()) {
                Files.copy(each, folder.resolve(each.getFileName()));
            }
        }
        String text = Files.readString(file);
        String asked = text.substring(0, text.indexOf("----"));
        String[] arguments = asked.lines()
                .map(each -> each.replace("FOLDER", folder.toString()))
                .toArray(String[]::new);
        Run run = Run.of(arguments);
        String messages =
                run.err().replace(folder.toString(), "FOLDER").replaceAll("(?m)^engine .*$", "engine     ENGINE");
        String actual = asked + "----\nexit " + run.status() + "\n" + messages;
        if ("write".equals(System.getProperty("rondo.golden"))) {
            Files.writeString(file, actual);
        }
        assertThat(run.out()).as(Arrays.toString(arguments)).isEmpty();
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(actual).isEqualTo(text);
    }
}
