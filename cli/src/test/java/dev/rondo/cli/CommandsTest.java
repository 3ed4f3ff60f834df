package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.Rondo;
import dev.rondo.core.files.Json;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"train", "compare", "predict", "plugins", "describe", "data", "new", "doctor"})
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
        assertThat(Run.of("plugins").out().lines())
                .anyMatch(line -> line.matches("layers, \\d+ in .*"))
                .anyMatch(line -> line.matches("  LSTM +Long short-term memory.*"))
                .anyMatch(line -> line.matches("optimizers, \\d+ in .*"))
                .anyMatch(line -> line.matches("  mackey_glass +A chaotic series.*"));
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
                .contains("b2=0.999")
                .containsPattern("schedule +OneCycle, unless");
        assertThat(Run.of("describe", "optimizer:COCOB").out()).containsPattern("schedule +none, it sets");
    }

    @Test
    void describesEveryLayerOfAStack() {
        assertThat(Run.of("describe", "LSTM_5 Dropout_p=.2").out())
                .contains("LSTM_5 on 8 features gives 5:", "Dropout_p=0.2 on 5 features gives 5:");
    }

    @Test
    void saysWhatIsWrongWithTheFolderOfPlugins() throws IOException {
        Path jar = Files.writeString(folder.resolve("junk.jar"), "junk");
        System.setProperty("rondo.plugins", folder.toString());
        try {
            assertThat(Run.of("plugins").err()).contains("rondo: " + jar + " cannot be read as a JAR: ");
        } finally {
            System.clearProperty("rondo.plugins");
        }
        Path none = folder.resolve("none");
        assertThat(PluginFolder.problems(none, null)).isEmpty();
        assertThat(PluginFolder.problems(none, "none"))
                .containsExactly("RONDO_PLUGINS is none, but there is no such folder");
    }

    @Test
    void explainsEverythingThatIsRegistered() {
        Rondo rondo = Rondo.create();
        Explainer explainer = new Explainer(rondo, null);
        for (Registered<?> each : rondo.registry().all()) {
            boolean file = each.plugin() instanceof SeriesSource source && source.readsFile();
            boolean equations = !file && !each.kind().equals(Kind.ACCELERATOR);
            assertThat(explainer.explain(each, each.descriptor().example()))
                    .as("what %s %s computes", each.kind(), each.name())
                    .hasSizeGreaterThanOrEqualTo(equations ? 1 : 0)
                    .allSatisfy(explanation -> assertThat(explanation.lines()).isNotEmpty());
        }
    }

    @Test
    void describesEveryKind() {
        for (Registered<?> each : firstOfEveryKind()) {
            Run run = Run.of("describe", each.kind().word() + ":" + each.name());
            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .startsWith(each.name() + "  (" + each.kind() + ", ")
                    .contains(each.descriptor().summary());
        }
    }

    private static List<Registered<?>> firstOfEveryKind() {
        List<Registered<?>> all = Rondo.create().registry().all();
        return Kind.all().stream()
                .flatMap(kind ->
                        all.stream().filter(each -> each.kind().equals(kind)).limit(1))
                .toList();
    }

    @Test
    void saysTheRuleOfAnOptimiser() {
        assertThat(Run.of("describe", "Adam_HD_hyper-lr=.01_floor=.001").out())
                .contains("Adam_HD_hyper-lr=0.01_floor=0.001 for each parameter", "m' = lerp(m, g, 1 − b1)")
                .contains("Σh = sum over all parameters of sum(g ⊙ d)", "eta' = max(eta + Σh·hyper-lr, floor)");
        assertThat(Run.of("describe", "ReduceOnPlateau").out()).contains("share·factor, share)");
        assertThat(Run.of("describe", "ScheduleFreeSGD").out()).contains("z = θ₀   at first");
        assertThat(Run.of("describe", "ADINE").out()).contains("g = gradient of the loss at the point");
        assertThat(Run.of("describe", "Adafactor").out()).contains("R' = ", "for a vector", "V' = ");
        assertThat(Run.of("describe", "loss:MAE").out()).contains("loss = sum(abs(y − target)) / 3");
        assertThat(Run.of("describe", "metric:RMSE").out())
                .contains("figure = sqrt(sum((prediction − target)²) / (count·3))");
    }

    @Test
    void saysWhatTheLoopDoesToTheStates() {
        assertThat(Run.of("describe", "GRU").out()).containsPattern("loop +with products of the state");
        assertThat(Run.of("describe", "SRU").out()).contains("elementwise, without a product of the state");
        assertThat(Run.of("describe", "LRU").out()).contains("elementwise, without a product of the state");
        assertThat(Run.of("describe", "SRNN").out()).contains("without a product of the state, but its units meet");
        assertThat(Run.of("describe", "CausalConv1d").out()).contains("none, as no state is carried");
    }

    @Test
    void writesTheCatalogue() throws IOException {
        Path page = folder.resolve("catalogue.md");
        Run run = Run.of("describe", "--catalogue", page.toString());
        assertThat(run.err()).isEmpty();
        assertThat(page).content().contains("### <a id=\"layer-lstm\"></a>LSTM\n", "c' = σ(f) ⊙ c + σ(i) ⊙ tanh(g)\n");
        String first = Files.readString(page);
        Run.of("describe", "--catalogue", page.toString());
        assertThat(page).hasContent(first);
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
    void saysThatAPathNeedsQuotes() throws IOException {
        for (String name : List.of("a_target=b.csv", "a_day=1.csv")) {
            Path file = Files.writeString(folder.resolve(name), "a,b\n1,2\n2,3\n3,4\n");
            Run torn = Run.of("data", "csv:" + file + "_inputs=a_target=b");
            assertThat(torn.status()).isEqualTo(2);
            assertThat(torn.err())
                    .contains(
                            "'" + name.substring(1) + "' reads as an option, but there is a file " + file,
                            "quote the path: csv:'" + file + "'")
                    .doesNotContain("has no option", "errors");
            assertThat(Run.of("data", "csv:'" + file + "'_inputs=a_target=b").status())
                    .isZero();
        }
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
            Path project = folder.resolve("of mine");
            Run run = Run.of("new", "cell", "MyCell", "--dir", project.toString());
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("mvn -f '" + project + "' package");
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
