package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which walk a size takes, on a device with 132 multiprocessors and tiles of 128 steps. */
final class WalkTest {
    @ParameterizedTest(name = "scan {0}, {1} steps of {2} rows, {3} wide, quads {4}: {5}")
    @CsvSource({
        // Enough channels for a thread each, or for one with four.
        "true,  1024,  64, 1024, true,  SEQ1",
        "true,  1024, 256, 1024, true,  SEQ4",
        "true,  1024, 256, 1023, false, SEQ1",
        // Fewer channels, but enough blocks of 32 of them.
        "true,  1024,  32, 1024, true,  CHUNK",
        "true,  1024,  33,  256, true,  CHUNK",
        // So few that tiles have to be shared out among blocks.
        "true,  1024,   8,  512, true,  SPLIT",
        "true, 65536,   1, 1024, true,  SPLIT",
        // One tile cannot be shared out, and few steps need none.
        "true,   128,   1,   32, true,  CHUNK",
        "true,    32,   1,   32, true,  SEQ1",
        // Gates that see the state: step by step, whatever the size.
        "false, 65536,  1, 1024, true,  SEQ1",
        "false, 1024, 256, 1024, true,  SEQ4",
    })
    void suitsTheSize(boolean scan, int steps, int batch, int width, boolean quads, Walk expected) {
        assertThat(Walk.of(scan, steps, batch, width, 128, quads, 132)).isEqualTo(expected);
    }

    @Test
    void gridsCoverAllChannelsAndSteps() {
        assertThat(Walk.SEQ1.blocks(10, 3, 50, 128)).isEqualTo(3); // 150 threads, 64 a block
        assertThat(Walk.SEQ4.blocks(10, 3, 48, 128)).isEqualTo(1); // 36 threads
        assertThat(Walk.CHUNK.blocks(10, 3, 50, 128)).isEqualTo(6); // two groups of 32 in each row
        assertThat(Walk.SPLIT.blocks(300, 3, 50, 128)).isEqualTo(18); // and three tiles
    }
}
