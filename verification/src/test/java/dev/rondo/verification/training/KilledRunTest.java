package dev.rondo.verification.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed without warning (SIGKILL) and started again gives the same model, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledRunTest {
    private byte[] uninterrupted = new byte[0];

    @BeforeAll
    void runWithoutInterruption(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(KilledRun.start("", folder, 0, "", 1)).contains("epoch " + SmallRun.EPOCHS);
        uninterrupted = Files.readAllBytes(folder.resolve("model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch 1", "chunk 3.2", "epoch 6", "chunk 10.4"})
    void goesOnToTheSameBytes(String place, @TempDir Path folder) throws IOException, InterruptedException {
        List<String> before = KilledRun.start("", folder, 30, place, 2);
        assertThat(before).contains(place).doesNotContain("epoch " + SmallRun.EPOCHS);
        assertThat(folder.resolve("model.safetensors")).doesNotExist();
        List<String> after = KilledRun.start("", folder, 0, "", 2);
        assertThat(after).contains("epoch " + SmallRun.EPOCHS).noneMatch(line -> line.startsWith("notice"));
        assertThat(after).doesNotContain("chunk 1.1"); // it did not begin anew
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors"))).isEqualTo(uninterrupted);
    }

    @Test
    void threeKillsInOneRunChangeNothing(@TempDir Path folder) throws IOException, InterruptedException {
        KilledRun.start("", folder, 15, "chunk 2.1", 1);
        KilledRun.start("", folder, 15, "epoch 4", 2); // another number of threads changes nothing either
        KilledRun.start("", folder, 15, "chunk 8.3", 1);
        KilledRun.start("", folder, 0, "", 2);
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors"))).isEqualTo(uninterrupted);
    }
}
