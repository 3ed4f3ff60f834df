package dev.rondo.verification.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of the page on the language stand in sources that the build compiles, word for word. */
class LanguagePageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private record Block(int line, String language, String code) {}

    @TestFactory
    Stream<DynamicTest> everyExampleIsCompiled() throws IOException {
        List<Block> blocks = blocks(Files.readAllLines(ROOT.resolve("docs/language.md")));
        assertThat(blocks).hasSizeGreaterThan(5);
        List<String> sources = sources();
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        "line " + block.line(),
                        () -> assertThat(sources)
                                .as("sources that contain the %s block at line %d", block.language(), block.line())
                                .anyMatch(source -> source.contains(block.code()))));
    }

    private static List<Block> blocks(List<String> page) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            String fence = page.get(i);
            if (fence.equals("```java") || fence.equals("```kotlin")) {
                int end = i + 1 + page.subList(i + 1, page.size()).indexOf("```");
                String code = page.subList(i + 1, end).stream()
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
                blocks.add(new Block(i + 1, fence.substring(3), code));
                i = end;
            }
        }
        return blocks;
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                String name = module.getFileName().toString();
                if (name.equals("examples") || name.startsWith("plugins-")) {
                    sources.addAll(sources(module));
                }
            }
        }
        return sources;
    }

    private static List<String> sources(Path module) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(module)) {
            for (Path file : files.sorted().toList()) {
                String name = file.toString();
                if ((name.endsWith(".java") || name.endsWith(".kt")) && name.contains("src")) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return sources;
    }
}
