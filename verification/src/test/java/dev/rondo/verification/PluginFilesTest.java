package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Plugin;
import dev.rondo.core.Rondo;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A plugin is one short file, registered, with its source and an example: nothing else in the repository names it. */
final class PluginFilesTest {
    private static final List<String> MODULES =
            List.of("plugins-cells", "plugins-activations", "plugins-optim", "plugins-data");
    private static final int LAYER_LINES = 60;
    private static final int ACTIVATION_LINES = 25;
    private static final int OPTIMIZER_LINES = 50;

    private final Rondo rondo = Rondo.create();

    @Test
    void everyPluginClassIsRegistered() {
        List<? extends Class<?>> registered = rondo.registry().all().stream()
                .map(each -> each.plugin().getClass())
                .toList();
        List<Class<?>> plugins = classes().filter(PluginFilesTest::isPlugin).toList();
        assertThat(plugins).as("plugin classes in the sources").hasSizeGreaterThan(10);
        for (Class<?> plugin : plugins) {
            assertThat(registered)
                    .as("%s is registered: does it lack @AutoService?", plugin.getName())
                    .anyMatch(plugin::equals);
        }
    }

    /** The names that the catalogue promises, a kind and a name to a line; a name may be added, but not be lost. */
    @TestFactory
    Stream<DynamicTest> everyRequiredNameIsThere() throws IOException {
        List<String> names;
        try (InputStream list = PluginFilesTest.class.getResourceAsStream("/required-plugins.txt")) {
            names = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
        assertThat(names).as("required-plugins.txt").isNotEmpty().doesNotHaveDuplicates();
        Set<String> registered = rondo.registry().all().stream()
                .map(each -> each.kind() + " " + each.name())
                .collect(Collectors.toSet());
        return names.stream()
                .map(name -> dynamicTest(
                        name,
                        () -> assertThat(registered)
                                .as("%s, which required-plugins.txt names, is registered", name)
                                .contains(name)));
    }

    @TestFactory
    Stream<DynamicTest> everyPluginSaysWhereItComesFromAndHowItIsUsed() {
        return rondo.registry().all().stream()
                .map(each -> dynamicTest(each.kind() + " " + each.name(), () -> {
                    assertThat(each.descriptor().source().map(Descriptor.Source::title))
                            .as("paper, or standard with one sentence")
                            .hasValueSatisfying(title -> assertThat(title).isNotBlank());
                    assertThat(each.descriptor().summary())
                            .as("summary for lists")
                            .isNotBlank();
                    assertThat(uses(each)).as("the example uses the plugin").isTrue();
                }));
    }

    private boolean uses(Registered<?> each) {
        String example = each.descriptor().example();
        return each.kind() == Kind.LAYER
                ? rondo.layers(example).stream().anyMatch(use -> use.plugin() == each.plugin())
                : rondo.specs().one(each.kind(), example).plugin() == each.plugin();
    }

    @TestFactory
    Stream<DynamicTest> everyPluginKeepsItsBudgetOfLines() {
        return rondo.registry().all().stream()
                .filter(each -> !each.isPreset() && budget(each.plugin()) < Integer.MAX_VALUE)
                .map(each -> dynamicTest(
                        each.kind() + " " + each.name(),
                        () -> assertThat(code(source(each.plugin().getClass())))
                                .as("code lines without package, imports, comments and blank lines")
                                .hasSizeLessThanOrEqualTo(budget(each.plugin()))));
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
        assertThat(code(source)).containsExactly("class A { // counted", "int b;", "}");
    }

    private static int budget(Plugin plugin) {
        if (plugin instanceof Layer) {
            return LAYER_LINES;
        }
        if (plugin instanceof Activation) {
            return ACTIVATION_LINES;
        }
        return plugin instanceof Optimizer ? OPTIMIZER_LINES : Integer.MAX_VALUE;
    }

    private static boolean isPlugin(Class<?> type) {
        return Plugin.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
    }

    private static Stream<Class<?>> classes() {
        return MODULES.stream().flatMap(module -> {
            Path sources = root().resolve(module).resolve("src/main/java");
            return files(sources).map(file -> load(sources.relativize(file).toString()));
        });
    }

    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".java".length())
                .replace('\\', '.')
                .replace('/', '.');
        try {
            return Class.forName(name, false, PluginFilesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(file + " holds no class of its name", e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String source(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".java";
        Path path = MODULES.stream()
                .map(module -> root().resolve(module).resolve("src/main/java").resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no source for " + type));
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    private static List<String> code(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .toList();
    }

    /** The folder of the repository, from wherever the tests are started. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(MODULES.get(0)))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("started outside of the repository");
            }
        }
        return folder;
    }
}
