package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.core.registry.Failure;
import dev.rondo.core.registry.Origin;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        for (Path each : jars(folder)) {
            String problem = problem(each);
            if (problem != null) {
                problems.add(each + " cannot be read as a JAR: " + problem);
            }
        }
        return problems;
    }

    /**
     * JARs in {@code folder} that announce nothing to {@code registry}, in the order of their names.
     *
     * @param folder empty where there is none
     */
    static List<String> withoutPlugins(String folder, Registry registry) {
        if (folder.isEmpty()) {
            return List.of(); // as a path it would be the folder that one happens to be in
        }
        Set<String> known = Stream.concat(
                        registry.all().stream().map(Registered::origin),
                        registry.failures().stream().map(Failure::origin))
                .map(Origin::file)
                .collect(Collectors.toSet());
        return jars(Path.of(folder)).stream()
                .filter(each -> !known.contains(String.valueOf(each.getFileName())) && problem(each) == null)
                .map(Path::toString)
                .toList();
    }

    private static List<Path> jars(Path folder) {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
                jars.forEach(all::add);
            } catch (IOException e) {
                throw new DataException("cannot list the plugins in " + folder + ": " + e.getMessage(), e);
            }
        }
        all.sort(null);
        return all;
    }

    private static @Nullable String problem(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.size() == 0 ? "it is empty" : null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
