package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The folder of plugins: the JVM passes over a folder that is not there, and over files in it that are no JARs. */
final class PluginFolder {
    private PluginFolder() {}

    /**
     * What is wrong with {@code folder}, a line for each.
     *
     * @param wanted what RONDO_PLUGINS says; without it there need be no folder
     */
    static List<String> problems(Path folder, @Nullable String wanted) {
        if (!Files.isDirectory(folder)) {
            return wanted == null ? List.of() : List.of("RONDO_PLUGINS is " + wanted + ", but there is no such folder");
        }
        List<String> problems = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
            for (Path each : jars) {
                String problem = problem(each);
                if (problem != null) {
                    problems.add(each + " cannot be read as a JAR: " + problem);
                }
            }
        } catch (IOException e) {
            throw new DataException("cannot list the plugins in " + folder + ": " + e.getMessage(), e);
        }
        problems.sort(null);
        return problems;
    }

    private static @Nullable String problem(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.size() == 0 ? "it is empty" : null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
