package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"train", "predict", "plugins", "describe", "data", "new", "doctor"})
    void everyCommandExplainsItself(String command) {
        Run run = Run.of(command, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: rondo " + command);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void listsPluginsWithKindAndOrigin() {
        Run run = Run.of("plugins", "--json");
        assertThat(run.status()).isZero();
        assertThat(run.out().strip()).doesNotContain("\n");
        List<?> plugins = (List<?>) Json.object(run.out()).get("plugins");
        assertThat(plugins)
                .anySatisfy(each -> assertThat(each)
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                        .containsEntry("kind", "layer")
                        .containsEntry("name", "LSTM")
                        .containsKey("origin"));
        assertThat(Run.of("plugins").out()).contains("mackey_glass").contains("Adam_HD");
    }

    @Test
    void describesFromTheTracedEquations() {
        Run run = Run.of("describe", "LSTM");
        assertThat(run.status()).isZero();
        // 4 gates of 16 units on 8 features: 4 · 16 · (8 + 16 + 1)
        assertThat(run.out()).contains("c' = σ(f) ⊙ c + σ(i) ⊙ tanh(g)").contains("1,600 parameters");
        assertThat(Run.of("describe", "layer:lstm").out()).isEqualTo(run.out());
        assertThat(Run.of("describe", "optimizer:Adam").out())
                .contains("arXiv 1412.6980")
                .contains("b2=0.999");
    }

    @Test
    void describesEverythingThatIsRegistered() {
        List<?> plugins =
                (List<?>) Json.object(Run.of("plugins", "--json").out()).get("plugins");
        for (Object each : plugins) {
            String name = String.valueOf(((Map<?, ?>) each).get("name"));
            assertThat(Run.of("describe", name))
                    .as(name)
                    .satisfies(run -> assertThat(run.err()).isEmpty());
        }
    }

    @Test
    void printsDataAsCsv() {
        Run run = Run.of("data", "sine_1", "--length", "60", "--series", "2");
        assertThat(run.status()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(1 + 2 * 61);
        assertThat(lines.get(0)).startsWith("series,step,");
        assertThat(lines.get(61)).startsWith("1,60,");
    }

    @Test
    void writesPicturesOnceOnly() throws IOException {
        Path picture = folder.resolve("a.png");
        assertThat(Run.of("data", "sine_1", "--picture", picture.toString()).status())
                .isZero();
        byte[] first = Files.readAllBytes(picture);
        Run again = Run.of("data", "sine_2", "--picture", picture.toString());
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("is there already");
        assertThat(Files.readAllBytes(picture)).isEqualTo(first);
    }

    @Test
    void makesProjects() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/repository")).getParent();
        System.setProperty("rondo.home", home.toString());
        try {
            Path project = folder.resolve("mine");
            Run run = Run.of("new", "cell", "MyCell", "--dir", project.toString());
            assertThat(run.err()).isEmpty();
            assertThat(project.resolve("src/main/java/mycell/MyCell.java"))
                    .content()
                    .contains("class MyCell implements Cell");
            assertThat(project.resolve("src/test/java/mycell/MyCellTest.java")).exists();
            assertThat(project.resolve("pom.xml"))
                    .content()
                    .doesNotContain("{{")
                    .doesNotContain("${project")
                    .contains("file:");
            assertThat(Run.of("new", "cell", "MyCell", "--dir", project.toString())
                            .status())
                    .isEqualTo(1);
            assertThat(Run.of("new", "cell", "Lstm").err()).contains("already a plugin called LSTM");
            Path kotlin = folder.resolve("kotlin");
            Run.of("new", "cell", "MyCell", "--kotlin", "--dir", kotlin.toString());
            assertThat(kotlin.resolve("src/main/resources/META-INF/services/dev.rondo.api.spi.Layer"))
                    .hasContent("mycell.MyCell");
            assertThat(kotlin.resolve("pom.xml")).content().doesNotContain("{{");
        } finally {
            System.clearProperty("rondo.home");
        }
    }
}
