package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    private static final Path JARS = Path.of("src/test/resources/jars");
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
        Run run = withJar(file, () -> Run.of(arguments));
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

    /** Runs {@code command} with the JAR on the class path that is made of the folder named as the golden file, if there is one. */
    private Run withJar(Path golden, Supplier<Run> command) throws IOException {
        String name = golden.getFileName().toString().replace(".txt", "");
        Path content = JARS.resolve(name);
        if (!Files.isDirectory(content)) {
            return command.get();
        }
        Path jar = folder.resolve(name + ".jar");
        try (Stream<Path> files = Files.walk(content);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(content.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, usual)) {
            thread.setContextClassLoader(loader);
            return command.get();
        } finally {
            thread.setContextClassLoader(usual);
        }
    }
}
