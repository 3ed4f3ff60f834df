package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Plugin;
import dev.rondo.core.Rondo;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @TestFactory
    Stream<DynamicTest> everyPluginSaysWhereItComesFromAndHowItIsUsed() {
        return rondo.registry().all().stream()
                .map(each -> dynamicTest(each.kind() + " " + each.name(), () -> {
                    if (each.kind() != Kind.DATA && each.kind() != Kind.LOSS) {
                        assertThat(each.descriptor().source())
                                .as("paper or standard formula")
                                .isPresent();
                    }
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
                .filter(each -> budget(each.plugin()) < Integer.MAX_VALUE)
                .map(each -> dynamicTest(
                        each.name(),
                        () -> assertThat(codeLines(each.plugin().getClass()))
                                .as("code lines without package, imports, comments and blank lines")
                                .isLessThanOrEqualTo(budget(each.plugin()))));
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

    private static long codeLines(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".java";
        Path path = MODULES.stream()
                .map(module -> root().resolve(module).resolve("src/main/java").resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no source for " + type));
        String code = Files.readString(path, StandardCharsets.UTF_8).replaceAll("(?s)/\\*.*?\\*/", "");
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .count();
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
