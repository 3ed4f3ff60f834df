package dev.rondo.verification.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.verification.training.KilledRun;
import dev.rondo.verification.training.SmallRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What methods remember, and their random draws, survive a kill: the model is the same, byte by byte. */
class KilledMethodTest {
    private static final String MODEL = "model.safetensors";

    @ParameterizedTest
    @CsvSource({
        "UORO, chunk 3.2, chunk 8.4",
        "SafeMutation_size=0.5_after=1_keep=2, epoch 4, chunk 8.3",
        "SafeMutation_size=0.5_after=1_keep=2, epoch 5, epoch 6"
    })
    void goesOnToTheSameBytes(String method, String first, String second, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path killed = Files.createDirectory(folder.resolve("killed"));
        List<String> said = KilledRun.start(method, whole, 0, "", 1);
        assertThat(said).contains("epoch " + SmallRun.EPOCHS);
        KilledRun.start(method, killed, 20, first, 2);
        KilledRun.start(method, killed, 20, second, 1);
        List<String> after = KilledRun.start(method, killed, 0, "", 2);
        assertThat(after).contains("epoch " + SmallRun.EPOCHS).doesNotContain("chunk 1.1");
        assertThat(after).noneMatch(line -> line.contains("was written by"));
        assertThat(said.stream().anyMatch(line -> line.endsWith("are back"))).isEqualTo(method.startsWith("Safe"));
        assertThat(killed.resolve(MODEL)).hasSameBinaryContentAs(whole.resolve(MODEL));
    }
}
