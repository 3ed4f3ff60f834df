package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text, tasks, losses and metrics from the command line. */
class ClassesTest {
    @TempDir
    Path folder;

    private Path text() throws IOException {
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "to be, or not to be\n".repeat(60));
        return file;
    }

    @Test
    void trainsOnATextAndGoesOnWithIt() throws IOException {
        Path run = folder.resolve("run");
        Run done = Run.of(
                "train",
                "--data",
                "text:" + text(),
                "--layers",
                "Embedding_8",
                "GRU_24",
                "--epochs",
                "25",
                "--seq-len",
                "20",
                "--streams",
                "4",
                "--future",
                "21",
                "--out",
                run.toString(),
                "--json");
        assertThat(done.status()).as(done.err()).isZero();
        Map<String, Object> line = Json.object(done.out());
        assertThat(line.get("test"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("accuracy", "bitsPerCharacter")
                .hasEntrySatisfying(
                        "accuracy", each -> assertThat((Double) each).isGreaterThan(.95));
        assertThat(line.get("baselines"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("persistence", "frequencies", "n-gram");
        assertThat(line.get("baselinesLeftOut"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("extrapolation", "seasonal", "linear");
        // Embedding 9 · 8, GRU 3·24·(8 + 24 + 1) + 24, Linear 24 · 9 + 9: nine characters.
        assertThat(line).containsEntry("parameters", 72 + 2400 + 225);
        assertThat(run.resolve("forecast.png")).isNotEmptyFile();
        assertThat(run.resolve("report.html")).content().contains("BitsPerCharacter", "n-gram", "left out");
        assertThat(run.resolve("future.csv")).content().startsWith("step,character\n1200,t\n1201,o\n1202, \n");

        Path other = folder.resolve("b.txt");
        Files.writeString(other, "or not");
        Run forecast = Run.of("predict", run.toString(), "text:" + other, "--steps", "6", "--json");
        assertThat(Json.object(forecast.out()).get("forecast"))
                .isEqualTo(Map.of("character", List.of(List.of(" ", "t", "o", " ", "b", "e"))));
        Files.writeString(other, "or not?");
        Run unknown = Run.of("predict", run.toString(), "text:" + other);
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("step 6 has the character '?', which is none of the 9");

        Run resumed = Run.of("train", "--resume", run.toString());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.out())
                .contains("character is one of 9 classes", "cut into 4 streams for training", "loss       CrossEntropy")
                // what a text has nothing to do with is not in the command
                .doesNotContain("--batch-size", "--length", "compute with the numbers of classes");
    }

    @Test
    void printsClassesByTheirNames() throws IOException {
        Run run = Run.of("data", "text:" + text() + "_limit=6");
        assertThat(run.out())
                .isEqualTo("step,character\n0,t\n1,o\n2, \n3,b\n4,e\n5,\",\"\n".replace("\n", System.lineSeparator()));
        assertThat(Run.of("data", "parity_bits=3", "--length", "3").out()).containsPattern("0,[01]\\.0,(even|odd)");
    }

    @Test
    void tasksHaveTheirOwnBaselinesAndSayWhatCounts() {
        Run run = Run.of(
                "train",
                "--data",
                "parity_bits=6",
                "--layers",
                "GRU_4",
                "--loss",
                "BinaryCrossEntropy",
                "--epochs",
                "2",
                "--batch-size",
                "5",
                "--length",
                "120",
                "--seq-len",
                "4",
                "--out",
                folder.resolve("parity").toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "tasks of 6 steps, the state begins anew with each; gradients reach back 4 of them",
                        "70 predictions count in training, 20 in the test",
                        "Linear(4 → 1), 5 params (added)",
                        "test part, 20 predictions:",
                        "left out: persistence, as the past of the target is not known when it is predicted")
                .doesNotContain("n-gram", "the data's own units");
    }

    @Test
    void lossAndMetricsAreChosenByName() {
        Run run = Run.of(
                "train",
                "--data",
                "sine_1",
                "--layers",
                "GRU_4",
                "--loss",
                "Huber_delta=0.5",
                "--metrics",
                "NRMSE_by=range,MASE,MSE",
                "--epochs",
                "2",
                "--batch-size",
                "3",
                "--length",
                "200",
                "--seq-len",
                "50",
                "--out",
                folder.resolve("sine").toString(),
                "--json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Json.object(run.out()).get("test"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("mse", "rmse", "mae", "nrmse_by=range", "mase");
        assertThat(folder.resolve("sine/report.html")).content().contains("Huber_delta=0.5, training units");
    }

    @Test
    void whatDoesNotFitTheDataIsToldBeforeAFolderIsMade() {
        Path out = folder.resolve("none");
        Run loss = Run.of("train", "--data", "sine_1", "--loss", "CrossEntropy", "--out", out.toString());
        assertThat(loss.status()).isEqualTo(2);
        assertThat(loss.err()).contains("CrossEntropy: needs a target with classes, but the target is a number");
        Run metric = Run.of("train", "--data", "sine_1", "--metrics", "Accuracy", "--out", out.toString());
        assertThat(metric.status()).isEqualTo(2);
        assertThat(metric.err()).contains("Accuracy: needs a target with classes, but the target is a number");
        Run unknown = Run.of("train", "--data", "sine_1", "--loss", "Hubert", "--out", out.toString());
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean: Huber");
        Run unheard = Run.of("train", "--data", "sine_1", "--metrics", "RMSE,SMAP", "--out", out.toString());
        assertThat(unheard.status()).isEqualTo(2);
        assertThat(unheard.err()).contains("did you mean: sMAPE");
        assertThat(out).doesNotExist();
    }
}
