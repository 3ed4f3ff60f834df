package dev.rondo.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin is one short file: lines of code without imports, comments and the package. */
class PluginBudgetTest {
    private static final Map<String, Integer> BUDGET = Map.of("Layer", 60, "Activation", 25, "Optimizer", 50);
    private static final Pattern REGISTERED = Pattern.compile("@AutoService\\((\\w+)\\.class\\)");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//[^\\n]*$");

    static Stream<Arguments> plugins() throws IOException {
        return sources().flatMap(file -> {
            Matcher kind = REGISTERED.matcher(read(file));
            return kind.find() && BUDGET.containsKey(kind.group(1))
                    ? Stream.of(Arguments.of(file.getFileName(), kind.group(1), file))
                    : Stream.empty();
        });
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("plugins")
    void pluginKeepsWithinItsBudget(Path name, String kind, Path file) {
        assertThat(code(read(file)))
                .as("%s: lines of code of a plugin of kind %s", name, kind)
                .hasSizeLessThanOrEqualTo(BUDGET.get(kind));
    }

    @Test
    void everyKindWasFound() throws IOException {
        assertThat(plugins().map(plugin -> (String) plugin.get()[1]).distinct())
                .containsExactlyInAnyOrderElementsOf(BUDGET.keySet());
    }

    @Test
    void onlyCodeIsCounted() {
        String source = """
                /* licence */
                package x;

                import y;
                /** Doc. */
                class A { // counted
                    // not counted
                    int b; /* neither
                    counted */
                }
                """;
        assertThat(code(source)).containsExactly("class A { // counted", "    int b; ", "}");
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.filter(m -> m.getFileName().toString().startsWith("plugins-")).toList().stream()
                    .flatMap(PluginBudgetTest::javaFiles);
        }
    }

    private static Stream<Path> javaFiles(Path module) {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> code(String source) {
        return COMMENT.matcher(source)
                .replaceAll("")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                .toList();
    }
}
