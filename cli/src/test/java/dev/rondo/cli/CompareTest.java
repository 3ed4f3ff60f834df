package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.files.FolderLock;
import dev.rondo.core.files.Json;
import dev.rondo.core.spec.SpecList;
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
        assertThat(page)
                .content()
                .contains(
                        "| layers | Adam_lr=0.01, sigmoid sigmoid | Adam_lr=0.01, sigmoid ISRU_sigmoid | COCOB, sigmoid")
                .containsPattern("\\| GRU_4 \\|.* \\*\\*[0-9.e-]+ \\([0-9.e-]+ to [0-9.e-]+\\)\\*\\* ");
        assertThat(Json.object(Files.readString(folder.resolve("page.json"))))
                .containsKeys("command", "entries", "baselines");
        assertThat(folder.resolve("all/runs.csv"))
                .content()
                .hasLineCount(1 + 2 * 2 * 2 * 2)
                .contains("\nGRU_4,COCOB,ISRU_sigmoid,,seed-2,");
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
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("runs that failed: 2 of 4");
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
    void leavesAFolderToTheProcessThatIsAtWorkInIt() {
        assertThat(compare("GRU", "mine").status()).isZero();
        try (FolderLock other = FolderLock.take(folder.resolve("mine"))) {
            assertThat(compare("GRU", "mine").err()).contains("another process is at work in");
        }
    }

    @Test
    void replacesPagesOfItsOwnOnly() throws IOException {
        Path page = folder.resolve("page.md");
        assertThat(compare("GRU", "one", "--markdown", page.toString()).status())
                .isZero();
        assertThat(compare("GRU", "one", "--markdown", page.toString()).status())
                .isZero();
        Files.writeString(page, "mine");
        Run refused = compare("GRU", "two", "--markdown", page.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("page.md is there already and is no page of rondo compare");
        assertThat(page).hasContent("mine");
        String notes = "# Notes\n\n    rondo compare --cells GRU --markdown page.md\n";
        Files.writeString(page, notes);
        assertThat(compare("GRU", "two", "--markdown", page.toString()).err()).contains("page.md is there already");
        assertThat(page).hasContent(notes);
        Files.delete(page);
        Path figures = folder.resolve("page.json");
        for (String other : List.of("{\"command\": \"rondo compare --cells GRU\"}", "rondo compare --cells GRU")) {
            Files.writeString(figures, other);
            assertThat(compare("GRU", "two", "--markdown", page.toString()).err())
                    .contains("page.json is there already");
            assertThat(figures).hasContent(other);
        }
        assertThat(folder.resolve("two")).doesNotExist();
        assertThat(compare(
                                "GRU",
                                "one",
                                "--markdown",
                                folder.resolve("no/page.md").toString())
                        .err())
                .contains("there is no folder");
    }

    @Test
    void theDescriptionNamesTheScheduleOfEachEntry() throws IOException {
        assertThat(compare("GRU", "chosen", "--optims", "Adam_lr=0.01,COCOB").status())
                .isZero();
        assertThat(schedules("chosen")).containsExactly("OneCycle", "Constant");
        // COCOB has no learning rate that a schedule could change
        Run refused = compare("GRU", "named", "--optims", "Adam_lr=0.01,COCOB", "--schedule", "OneCycle");
        assertThat(refused.out()).contains("failed: OneCycle would change nothing");
        assertThat(schedules("named")).containsExactly("OneCycle", "");
    }

    private List<String> schedules(String out) throws IOException {
        Path description = folder.resolve(out).resolve("comparison.json");
        List<?> entries = (List<?>) Json.object(Files.readString(description)).get("entries");
        return entries.stream()
                .map(each -> String.valueOf(((Map<?, ?>) each).get("schedule")))
                .toList();
    }

    @Test
    void unitsAreThoseOfWrappedCellsToo() throws IOException {
        assertThat(compare("Zoneout(GRU)", "wrapped").status()).isZero();
        assertThat(folder.resolve("wrapped/comparison.json")).content().contains("Zoneout(GRU_4)");
    }

    @Test
    void theHelpLeavesOutWhatIsRefused() {
        assertThat(Run.of("compare", "--help").out())
                .contains("--cells", "--optims", "--sigmoids", "--tanhs", "--seq-len")
                .doesNotContainPattern("--(layers|optim|lr|sigmoid|tanh|refit)[\\s=]");
        assertThat(Run.of("train", "--help").out()).contains("--layers", "--optim=", "--lr", "--sigmoid", "--refit");
    }

    @Test
    void commasWithinParenthesesAndQuotesSeparateNothing() {
        assertThat(SpecList.split("LSTM_50,FastSlow(GRU_8 GRU_4)_fast=3, X_note='a,b' ,A(B,C)"))
                .containsExactly("LSTM_50", "FastSlow(GRU_8 GRU_4)_fast=3", "X_note='a,b'", "A(B,C)");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        Run run = Run.of(
                "compare",
                "--cells",
                "GRU,LTSM",
                "--optims",
                "Adm",
                "--sigmoids",
                "sigmoit",
                "--data",
                "sine_9",
                "--schedule",
                "kosine",
                "--split",
                "70/10",
                "--out",
                folder.resolve("none").toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("'LTSM'", "'Adm'", "'sigmoit'", "'sine_9'", "'kosine'", "'70/10' is no split")
                .doesNotContain("GRU needs a size");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void tellsWrongDataOnceAndMakesNoFolder() {
        Run run = Run.of(
                "compare",
                "--cells",
                "GRU",
                "--data",
                "csv:nowhere.csv",
                "--out",
                folder.resolve("none").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("nowhere.csv").hasLineCount(1);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** What hinders one run hinders no other, and is tried again by the next call. */
    @Test
    void aRunThatIsHinderedIsARowWithItsReason() throws IOException {
        compare("GRU,SRU", "hindered");
        Path run;
        try (Stream<Path> files = Files.walk(folder.resolve("hindered"))) {
            run = files.filter(each -> each.endsWith("seed-2"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(run.resolve("result.json"));
        Files.delete(run.resolve("config.json"));
        assertThat(compare("GRU,SRU", "hindered").out())
                .contains("1 failed: ", "is not empty (checkpoint.safetensors)");
        try (Stream<Path> files = Files.list(run)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        assertThat(compare("GRU,SRU", "hindered").out()).doesNotContain("failed");
    }

    /** The least mean of the validation losses decides, whatever the test figures are. */
    @Test
    void choosesByValidationAmongWholeEntries() {
        EntrySummary good = summary(2, result(0.3, 0.2), result(0.3, 0.2));
        EntrySummary better = summary(2, result(0.9, 0.1), result(0.9, 0.2));
        EntrySummary half = summary(2, result(0.1, 0.01));
        assertThat(ComparisonOverview.chosen(List.of(good, better, half))).isEqualTo(1);
        assertThat(ComparisonOverview.chosen(List.of(half))).isEqualTo(-1);
    }

    private static Map<String, Object> result(double test, double validation) {
        return Map.of("test", Map.of("mse", test), "validationLoss", validation);
    }

    @SafeVarargs
    private static EntrySummary summary(int runs, Map<String, Object>... results) {
        List<GridRuns.Run> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            all.add(new GridRuns.Run(Path.of("seed-" + i), i < results.length ? results[i] : null));
        }
        return EntrySummary.of(new GridRuns.Row(new Grid.Entry("GRU_4", "COCOB", "", ""), all));
    }
}
