package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.RondoModule;
import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.files.FolderLock;
import dev.rondo.core.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    @TempDir
    Path folder;

    private static final String[] SMALL = {
        "--data",
        "sine_1",
        "--layers",
        "GRU_4",
        "--epochs",
        "3",
        "--batch-size",
        "3",
        "--length",
        "200",
        "--seq_len",
        "50"
    };

    @Test
    void leavesEverythingInItsFolder() throws IOException {
        Path run = folder.resolve("run");
        Run done = train("--out", run.toString(), "--json", "--future", "7");
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out().strip()).doesNotContain("\n");
        assertThat(done.err().lines()).hasSize(3).allMatch(line -> line.startsWith("epoch "));
        Map<String, Object> line = Json.object(done.out());
        assertThat(line)
                .containsKeys("trainLoss", "validationLoss", "testLoss", "seconds")
                .containsEntry("epochs", 3)
                // GRU on 1 feature: 3·4·(1 + 4 + 1) and the second bias of the candidate, 4; Linear: 4 + 1
                .containsEntry("parameters", 81)
                .containsEntry("runDirectory", run.toString());
        assertThat(line.get("test")).asInstanceOf(InstanceOfAssertFactories.MAP).containsOnlyKeys("mse", "rmse", "mae");
        assertThat(line.get("baselines"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKeys("persistence", "linear");
        assertThat(run.resolve("metrics.jsonl")).content().hasLineCount(3);
        assertThat(run.resolve("forecast.png")).isNotEmptyFile();
        assertThat(run.resolve("future.csv")).content().hasLineCount(1 + 3 * 7);
        assertThat(run.resolve("report.html"))
                .content()
                .contains("<svg", "persistence", "GRU_4")
                .doesNotContain("<script", "href=", "src=", "NaN");
        assertThat(Json.object(Files.readString(run.resolve("config.json")))).containsKeys("arguments", "dataDigest");
    }

    @Test
    void tellsWhatItDoesAndComparesWithBaselines() {
        Run done = train("--out", folder.resolve("run").toString());
        assertThat(done.out())
                .contains("GRU(1 → 4), 76 params", "Linear(4 → 1), 5 params (added)", "81 parameters in all")
                .contains("persistence", "linear");
        assertThat(done.err().lines().filter(each -> each.startsWith("epoch "))).hasSize(3);
        assertThat(done.err()).doesNotContain("\r"); // no progress bar where nobody looks
    }

    @Test
    void givesTheSameBytesAgain() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        train("--out", one.toString());
        train("--out", two.toString());
        assertThat(two.resolve("model.safetensors")).hasSameBinaryContentAs(one.resolve("model.safetensors"));
    }

    @Test
    void checkpointsSayWhoseTheyAre() {
        Path run = folder.resolve("run");
        train("--out", run.toString(), "--tanh", "ISRU_tanh");
        Checkpoint checkpoint = Checkpoint.read(run.resolve("checkpoint.safetensors"));
        assertThat(checkpoint.tensors()).containsKeys("optimizer/count", "optimizer/2.Linear/out.W/m");
        assertThat(checkpoint.facts())
                .containsEntry("run.layers", "GRU_4")
                .containsEntry("run.sigmoid", "")
                .containsEntry("run.tanh", "ISRU_tanh")
                .containsEntry("run.seq-len", "50");
    }

    @Test
    void refitsOnceForAsManyEpochsAsWereBest() {
        Run done = train("--out", folder.resolve("run").toString(), "--json", "--refit", "--stop-at", "1e-9");
        int best = (Integer) Json.object(done.out()).get("bestEpoch");
        assertThat(done.err().lines().filter(each -> each.startsWith("refit epoch ")))
                .hasSize(best);
    }

    @Test
    void resumesWithTheOptionsOfTheRun() throws IOException {
        Path whole = folder.resolve("whole");
        train("--out", whole.toString());
        byte[] model = Files.readAllBytes(whole.resolve("model.safetensors"));
        Files.delete(whole.resolve("model.safetensors"));
        Path metrics = whole.resolve("metrics.jsonl");
        Files.writeString(
                metrics,
                Files.readString(metrics) + "{\"epoch\":4}\n"); // as if it had been killed behind the checkpoint
        Run resumed = Run.of("train", "--resume", whole.toString());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(Files.readAllBytes(whole.resolve("model.safetensors"))).isEqualTo(model);
        assertThat(metrics).content().hasLineCount(3);
    }

    @Test
    void resumesWithTheForecastThatWasAskedFor() throws IOException {
        Path run = folder.resolve("run");
        train("--out", run.toString(), "--future", "7");
        Files.delete(run.resolve("future.csv"));
        assertThat(Run.of("train", "--resume", run.toString()).status()).isZero();
        assertThat(run.resolve("future.csv")).content().hasLineCount(1 + 3 * 7);
        assertThat(Run.of("train", "--resume", run.toString(), "--future", "2").status())
                .isZero();
        assertThat(run.resolve("future.csv")).content().hasLineCount(1 + 3 * 2);
    }

    @Test
    void leavesAFolderToTheProcessThatIsAtWorkInIt() {
        Path run = folder.resolve("run");
        train("--out", run.toString());
        try (FolderLock other = FolderLock.take(run)) {
            Run second = Run.of("train", "--resume", run.toString());
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).contains("another process is at work in " + run);
        }
        assertThat(Run.of("train", "--resume", run.toString()).status()).isZero();
    }

    /** As when a plugin's JAR was built anew between the two: the specs are the same. */
    @Test
    void doesNotGoOnWithOtherEquations() {
        Path run = folder.resolve("run");
        train("--out", run.toString());
        Path file = run.resolve("checkpoint.safetensors");
        Checkpoint written = Checkpoint.read(file);
        String key = "run.digest of all equations";
        SortedMap<String, String> facts = new TreeMap<>(written.facts());
        String digest = String.valueOf(facts.put(key, "another"));
        new Checkpoint(facts, written.tensors()).write(file);
        Run other = Run.of("train", "--resume", run.toString());
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err())
                .contains("the checkpoint is from another run: its digest of all equations is 'another', not '" + digest
                        + "'");
        facts.remove(key);
        new Checkpoint(facts, written.tensors()).write(file);
        Run older = Run.of("train", "--resume", run.toString());
        assertThat(older.status()).isEqualTo(1);
        assertThat(older.err())
                .contains("the checkpoint was written by an older version of Rondo", "begin it anew in another folder");
        written.write(file);
        assertThat(Run.of("train", "--resume", run.toString()).status()).isZero();
    }

    @Test
    void doesNotGoOnWithOtherData() throws IOException {
        Path file = folder.resolve("sales.csv");
        Files.writeString(file, "x\n" + "1\n3\n2\n".repeat(40));
        Path run = folder.resolve("run");
        String[] arguments = {
            "train",
            "--data",
            "csv:" + file,
            "--layers",
            "GRU_2",
            "--epochs",
            "1",
            "--seq-len",
            "20",
            "--out",
            run.toString()
        };
        assertThat(Run.of(arguments).status()).isZero();
        Files.writeString(file, "4\n", StandardOpenOption.APPEND);
        Run other = Run.of("train", "--resume", run.toString());
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err())
                .isEqualToIgnoringNewLines("rondo: " + file
                        + " has changed since this run began; put back what it was, or begin a new run");
    }

    @Test
    void goesOnWithTheDeviceThatItBeganWith() throws IOException {
        Path run = folder.resolve("run");
        Run begun = train("--out", run.toString(), "--schedule", "Constant", "--device", "cpu");
        assertThat(begun.out()).contains(" --device cpu");
        assertThat(begun.err()).doesNotContain("cuda");
        assertThat(config(run))
                .containsEntry("device", "cpu")
                .extractingByKey("command")
                .asString()
                .endsWith(" --device cpu");
        assertThat(goOn(run).out()).contains(" --device cpu");
        assertThat(goOn(run, "--device", "auto").out()).doesNotContain("--device");
        assertThat(config(run))
                .containsEntry("device", "auto")
                .extractingByKey("command")
                .asString()
                .doesNotContain("--device");
        System.setProperty(RondoModule.DEVICE, "cpu");
        assertThat(goOn(run).out()).contains(" --device cpu");
    }

    private static Map<String, Object> config(Path run) throws IOException {
        return Json.object(Files.readString(run.resolve("config.json")));
    }

    /** Trains a run for an epoch more, as if it had been interrupted before. */
    private static Run goOn(Path run, String... more) throws IOException {
        Path config = run.resolve("config.json");
        long done = Files.readString(run.resolve("metrics.jsonl")).lines().count();
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\"--epochs\",(\\s*)\"\\d+\"", "\"--epochs\",$1\"" + (done + 1) + "\""));
        String[] all = Arrays.copyOf(new String[] {"train", "--resume", run.toString()}, 3 + more.length);
        System.arraycopy(more, 0, all, 3, more.length);
        Run resumed = Run.of(all);
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("epoch " + (done + 1) + "/");
        return resumed;
    }

    @Test
    void saysWhereADeviceThatIsNotHereCameFrom() throws IOException {
        Path run = folder.resolve("run");
        train("--out", run.toString(), "--device", "cpu");
        Path config = run.resolve("config.json");
        String before = Files.readString(config);
        Files.writeString(config, before.replace("\"device\" : \"cpu\"", "\"device\" : \"tpu:3\""));
        Run resumed = Run.of("train", "--resume", run.toString());
        assertThat(resumed.status()).isEqualTo(2);
        assertThat(resumed.err())
                .contains("unknown accelerator 'tpu'")
                .endsWith("  the device is that of " + config + "; --device cpu goes on without it\n");
        assertThat(Run.of("train", "--resume", run.toString(), "--device", "cpu")
                        .status())
                .isZero();
    }

    @Test
    void goesOnWithRunsThatRecordedNoDevice() throws IOException {
        Path run = folder.resolve("run");
        train("--out", run.toString(), "--schedule", "Constant");
        Map<String, Object> older = new LinkedHashMap<>(config(run));
        older.put("device", null);
        older.remove("engine");
        Files.writeString(run.resolve("config.json"), Json.pretty(older));
        goOn(run);
        assertThat(config(run)).containsEntry("device", "auto").containsKey("engine");
    }

    /** As when another engine has computed the epochs so far. */
    @Test
    void recordsEveryEngineOfARun() throws IOException {
        Path run = folder.resolve("run");
        train("--out", run.toString(), "--schedule", "Constant", "--device", "cpu");
        Path config = run.resolve("config.json");
        String engine = String.valueOf(config(run).get("engine"));
        Files.writeString(config, Files.readString(config).replace(engine, "another one"));
        Run.of("train", "--resume", run.toString(), "--device", "auto"); // has nothing to compute
        assertThat(config(run)).containsEntry("engine", "another one").containsEntry("device", "cpu");
        assertThat(run.resolve("report.html")).content().contains("--device cpu", "another one");
        for (int i = 0; i < 2; i++) {
            goOn(run);
            assertThat(config(run)).containsEntry("engine", "another one, then " + engine);
        }
        assertThat(run.resolve("report.html")).content().contains("another one, then " + engine);
        Files.delete(run.resolve("checkpoint.safetensors"));
        Run.of("train", "--resume", run.toString()); // begins anew
        assertThat(config(run)).containsEntry("engine", engine);
    }

    @Test
    void doesNotGoOnWithOtherLayers() throws IOException {
        Path run = folder.resolve("run");
        train("--out", run.toString());
        Path config = run.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"GRU_4\"", "\"GRU_4_reset=before\""));
        Run other = Run.of("train", "--resume", run.toString());
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err()).contains("the checkpoint is from another run: its ");
    }

    /** Every part of a run counts, and nothing else: two runs alike have the same digest. */
    @Test
    void theDigestIsOfAllEquations() {
        Path run = folder.resolve("same");
        String digest = digest(run);
        assertThat(digest(folder.resolve("again"))).isEqualTo(digest);
        String[][] others = {
            {"--loss", "MAE"},
            {"--reg", "L2_weight=0.1"},
            {"--schedule", "Constant"},
            {"--optim", "COCOB"},
            {"--method", "UORO"}
        };
        for (String[] each : others) {
            assertThat(digest(folder.resolve(each[1]), each))
                    .as("%s %s", each[0], each[1])
                    .isNotEqualTo(digest);
        }
    }

    private static String digest(Path run, String... more) {
        String[] all = Arrays.copyOf(more, more.length + 2);
        all[more.length] = "--out";
        all[more.length + 1] = run.toString();
        Run done = train(all);
        assertThat(done.status()).as(done.err()).isZero();
        return Checkpoint.read(run.resolve("checkpoint.safetensors")).text("run.digest of all equations");
    }

    @Test
    void forecastsFromAFolderOrAFile() throws IOException {
        Path run = folder.resolve("run");
        train("--out", run.toString());
        Run fromFolder = Run.of("predict", run.toString(), "--steps", "4");
        assertThat(fromFolder.status()).as(fromFolder.err()).isZero();
        assertThat(fromFolder.out().lines()).hasSize(1 + 3 * 4);
        Path written = folder.resolve("written.csv");
        Run both = Run.of("predict", run.toString(), "--steps", "4", "--json", "--out", written.toString());
        assertThat(Json.object(both.out())).containsKey("forecast");
        assertThat(written).hasContent(fromFolder.out());
        Path csv = Files.writeString(folder.resolve("x.csv"), "value\n1\n0.5\n-0.5\n");
        Run fromFile = Run.of("predict", run.resolve("model.safetensors").toString(), csv.toString(), "--steps", "4");
        assertThat(fromFile.status()).as(fromFile.err()).isZero();
        assertThat(fromFile.out().lines()).hasSize(1 + 4).element(1).asString().startsWith("3,");
    }

    @Test
    void forecastsDatesWhereTheFileHasThem() throws IOException {
        Path run = folder.resolve("run");
        train("--out", run.toString());
        String model = run.resolve("model.safetensors").toString();
        Path csv = Files.writeString(
                folder.resolve("x.csv"), "day,value\n2024-02-27,1\n2024-02-28,0.5\n2024-02-29,-0.5\n");
        Run dated = Run.of("predict", model, csv.toString(), "--steps", "2");
        assertThat(dated.status()).as(dated.err()).isZero();
        assertThat(dated.out().lines().map(line -> line.split(",")[0]))
                .containsExactly("step", "2024-03-01", "2024-03-02");
        assertThat(dated.err()).contains("2024-02-27 to 2024-03-02, forecast from 2024-03-01");
        Run json = Run.of("predict", model, csv.toString(), "--steps", "2", "--json");
        assertThat(Json.object(json.out())).containsEntry("dates", List.of("2024-03-01", "2024-03-02"));
        Path gaps =
                Files.writeString(folder.resolve("y.csv"), "day,value\n2024-02-24,1\n2024-02-28,0.5\n2024-02-29,1\n");
        Run counted = Run.of("predict", model, gaps.toString(), "--steps", "1");
        assertThat(counted.out().lines()).element(1).asString().startsWith("3,");
        assertThat(counted.err()).contains("2024-02-24 to 2024-02-29 and 1 behind it");
    }

    @Test
    void recordsOneLearningRate() throws IOException {
        Path run = folder.resolve("run");
        Run done = train("--out", run.toString(), "--lr", "0.2");
        assertThat(done.out()).contains(" --optim Adam_lr=0.2 ").doesNotContain("--lr");
        Path config = run.resolve("config.json");
        // as versions before this one recorded it
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "\"--optim\",(\\s*)\"Adam_lr=0.2\"",
                                "\"--optim\",$1\"Adam_lr=0.01\",$1\"--lr\",$1\"0.2\""));
        assertThat(config).content().contains("\"--lr\"");
        Run resumed = Run.of("train", "--resume", run.toString());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(train(
                                "--optim",
                                "Adam",
                                "--lr",
                                "0.2",
                                "--out",
                                folder.resolve("other").toString())
                        .out())
                .contains(" --optim Adam_lr=0.2 ");
    }

    private static Run train(String... more) {
        String[] all = new String[1 + SMALL.length + more.length];
        all[0] = "train";
        System.arraycopy(SMALL, 0, all, 1, SMALL.length);
        System.arraycopy(more, 0, all, 1 + SMALL.length, more.length);
        return Run.of(all);
    }
}
