package dev.rondo.verification.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.examples.embedding.WaveWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example application: it learns a wave well enough to follow it, and the second start reads the model's file. */
class WaveWatchTest {
    private static final double STEP = 2 * Math.PI / 60;

    @Test
    void followsTheWave(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("wave.safetensors");
        double first = error(new WaveWatch(file));
        FileTime written = Files.getLastModifiedTime(file);
        double second = error(new WaveWatch(file));
        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        double repeatLast = Math.sqrt(2) * Math.sin(STEP / 2); // root mean square of sin(t + step) − sin(t)
        assertThat(first).isLessThan(repeatLast / 2);
    }

    /** Root mean square error over two waves, after half a wave to begin with. */
    private static double error(WaveWatch watch) {
        double sum = 0;
        for (int t = 0; t < 150; t++) {
            double error = watch.after((float) Math.sin(STEP * t)) - Math.sin(STEP * (t + 1));
            sum += t < 30 ? 0 : error * error;
        }
        return Math.sqrt(sum / 120);
    }
}
