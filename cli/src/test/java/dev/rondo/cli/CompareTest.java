package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
    private static final List<String> SMALL =
            List.of("--data", "sine_1", "--epochs", "2", "--series", "3", "--length", "200", "--seq-len", "50");

    @TempDir
    Path folder;

    private Run compare(String cells, String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("compare", "--cells", cells, "--units", "4", "--seeds", "2"));
        arguments.addAll(SMALL);
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private List<?> entries(Run run) {
        assertThat(run.status()).as(run.err()).isZero();
        return (List<?>) Json.object(run.out()).get("entries");
    }

    private static List<?> tests(Object entry) {
        return (List<?>) ((Map<?, ?>) entry).get("test");
    }

    @Test
    void trainsEveryCombinationAndWritesItsPages() throws IOException {
        Path page = folder.resolve("page.md");
        Run run = compare(
                "GRU,Linear_3 SRU_3",
                "all",
                "--optims",
                "Adam_lr=0.01,COCOB",
                "--sigmoids",
                "sigmoid,ISRU_sigmoid",
                "--markdown",
                page.toString(),
                "--json");
        assertThat(entries(run))
                .hasSize(2 * 2 * 2)
                .allSatisfy(entry -> assertThat(tests(entry))
                        .hasSize(2)
                        .allSatisfy(error -> assertThat((Double) error).isPositive()));
        assertThat(run.err().lines().filter(line -> line.contains("GRU_4  COCOB  sigmoid ISRU_sigmoid")))
                .hasSize(2);
        assertThat(page)
                .content()
                .contains(
                        "| GRU_4 | Adam_lr=0.01 | sigmoid |",
                        "--cells 'GRU,Linear_3 SRU_3'",
                        "persistence",
                        "at most 2 epochs")
                .doesNotContain(folder.toString());
        assertThat(folder.resolve("all/report.html"))
                .content()
                .contains("<svg", "seed-1", "persistence (baseline)")
                .doesNotContain("<script", "href=", "src=", "NaN");
    }

    /** A comparison with one run missing trains that run alone, and gets what it had. */
    @Test
    void goesOnWhereItWasStoppedAndDoesNotDependOnJobs() throws IOException {
        List<?> first = entries(compare("GRU,SRU", "one", "--jobs", "1", "--json"));
        List<?> again = entries(compare("GRU,SRU", "two", "--jobs", "3", "--json"));
        for (int i = 0; i < first.size(); i++) {
            assertThat(tests(again.get(i))).isEqualTo(tests(first.get(i)));
        }
        Path lost;
        try (Stream<Path> files = Files.walk(folder.resolve("one"))) {
            lost = files.filter(each -> each.endsWith("seed-2/result.json"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(lost);
        Run resumed = compare("GRU,SRU", "one", "--json");
        assertThat(resumed.err()).contains("3 of 4 runs are complete already").contains("4/4  ");
        for (int i = 0; i < first.size(); i++) {
            assertThat(tests(entries(resumed).get(i))).isEqualTo(tests(first.get(i)));
        }
    }

    @Test
    void whatCannotBeTrainedIsARowWithItsReason() {
        Run run = compare("GRU,IntersectionRNN", "some");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("failed: IntersectionRNN at 1.IntersectionRNN: needs input width = size")
                .contains("GRU_4");
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse() throws IOException {
        assertThat(compare("GRU", "mine").status()).isZero();
        Run other = compare("SRU", "mine");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err()).contains("mine holds another comparison");
        Files.createDirectories(folder.resolve("theirs/things"));
        assertThat(compare("GRU", "theirs").err())
                .contains("theirs is not empty; a comparison needs a folder of its own");
    }

    @Test
    void commasWithinParenthesesAndQuotesSeparateNothing() {
        assertThat(Grid.split("LSTM_50,FastSlow(GRU_8 GRU_4)_fast=3, X_note='a,b' ,A(B,C)"))
                .containsExactly("LSTM_50", "FastSlow(GRU_8 GRU_4)_fast=3", "X_note='a,b'", "A(B,C)");
    }
}
