package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A plugin is one short file.
 *
 * <p>What counts are lines of code: not empty, no comment, no import, no package.
 */
class BudgetTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TestFactory
    Stream<DynamicTest> cellsAndLayersHaveAtMostSixtyLines() throws IOException {
        return within("plugins-cells", "Layer", 60);
    }

    @TestFactory
    Stream<DynamicTest> activationsHaveAtMostTwentyFiveLines() throws IOException {
        return within("plugins-activations", "Activation", 25);
    }

    @TestFactory
    Stream<DynamicTest> optimizersHaveAtMostFiftyLines() throws IOException {
        return within("plugins-optim", "Optimizer", 50);
    }

    private static Stream<DynamicTest> within(String module, String kind, int most) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            List<DynamicTest> tests = files.filter(each -> each.toString().endsWith(".java"))
                    .filter(each -> read(each).contains("@AutoService(" + kind + ".class)"))
                    .map(each -> DynamicTest.dynamicTest(
                            each.getFileName().toString(),
                            () -> assertThat(codeLines(read(each))).hasSizeBetween(1, most)))
                    .toList();
            assertThat(tests).isNotEmpty();
            return tests.stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> codeLines(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .toList();
    }
}
