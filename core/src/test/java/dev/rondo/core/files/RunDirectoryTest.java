package dev.rondo.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 21, 12, 0, 1);

    @TempDir
    Path folder;

    @Test
    void neverTakesAFolderTwice() {
        Path runs = folder.resolve("deep/runs");
        assertThat(RunDirectory.create(runs, NOON, "mackey_glass LSTM_50").path())
                .isEqualTo(runs.resolve("20261121-120001-mackey_glass-LSTM_50"))
                .isDirectory();
        assertThat(RunDirectory.create(runs, NOON, "mackey_glass LSTM_50").path())
                .isEqualTo(runs.resolve("20261121-120001-mackey_glass-LSTM_50-2"));
        assertThat(RunDirectory.create(runs, NOON, "../../csv:/a b").path())
                .isEqualTo(runs.resolve("20261121-120001-csv-a-b"));
    }

    @Test
    void refusesAFolderThatHoldsARun() {
        RunDirectory run = RunDirectory.claim(folder.resolve("mine"));
        run.writeConfig(Map.of("seed", 1));
        assertThatThrownBy(() -> RunDirectory.claim(run.path()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("already holds a run")
                .hasMessageContaining("--resume " + run.path());
        assertThat(RunDirectory.open(run.path()).readConfig()).isEqualTo(Map.of("seed", 1));
    }

    @Test
    void refusesAFolderWithOtherThingsAndAFile() throws IOException {
        Files.writeString(folder.resolve("thesis.tex"), "");
        assertThatThrownBy(() -> RunDirectory.claim(folder)).hasMessageContaining("is not empty (thesis.tex)");
        assertThatThrownBy(() -> RunDirectory.claim(folder.resolve("thesis.tex")))
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> RunDirectory.open(folder)).hasMessageContaining("config.json is missing");
        assertThatThrownBy(() -> RunDirectory.open(folder.resolve("none"))).hasMessageContaining("is no folder");
    }

    @Test
    void takesAFolderWithWhatAKilledProcessLeft() throws IOException {
        Files.writeString(folder.resolve("config.json.part"), "{");
        Files.writeString(folder.resolve(".probe"), "");
        RunDirectory run = RunDirectory.claim(folder);
        run.writeConfig(Map.of("seed", 1));
        assertThat(RunDirectory.open(folder).readConfig()).isEqualTo(Map.of("seed", 1));
    }

    @Test
    void saysWhereADamagedConfigEnds() throws IOException {
        RunDirectory run = RunDirectory.claim(folder);
        Files.writeString(run.config(), "{\n  \"seed\" : ");
        assertThatThrownBy(run::readConfig)
                .isInstanceOf(DataException.class)
                .hasMessage(run.config()
                        + " is damaged or truncated at line 2, column 12: it is no JSON object; restore it,"
                        + " or begin a new run");
        Files.writeString(run.config(), "[1]");
        assertThatThrownBy(run::readConfig).hasMessageContaining(run.config() + " is damaged or truncated");
    }

    @Test
    void saysThatAFolderIsNotWritable() {
        Path locked = folder.resolve("locked");
        assertThat(locked.toFile().mkdir()).isTrue();
        assertThat(locked.toFile().setWritable(false)).isTrue();
        assumeTrue(!Files.isWritable(locked), "the administrator may write everywhere");
        assertThatThrownBy(() -> RunDirectory.claim(locked)).hasMessageContaining("is not writable: permission denied");
    }

    @Test
    void keepsMetricsLineByLine() throws IOException {
        RunDirectory run = RunDirectory.claim(folder);
        run.addMetrics(Map.of("epoch", 1));
        run.addMetrics(Map.of("loss", Double.NaN));
        assertThat(Files.readString(run.metrics())).isEqualTo("{\"epoch\":1}\n{\"loss\":null}\n");
        run.replaceMetrics(List.of(Map.of("epoch", 0)));
        assertThat(Files.readString(run.metrics())).isEqualTo("{\"epoch\":0}\n");
    }
}
