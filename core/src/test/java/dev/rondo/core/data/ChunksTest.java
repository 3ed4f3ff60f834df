package dev.rondo.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChunksTest {
    /** Series that count from 0 and from 1000, of which {@code training} steps are for training. */
    private static Dataset data(int training, int streams) {
        int steps = training * 10 / 7;
        float[][] series = new float[2][steps + 1];
        for (int t = 0; t <= steps; t++) {
            series[0][t] = t;
            series[1][t] = 1000 + t;
        }
        Dataset data = Dataset.of(
                Series.of("x", series),
                DataSetup.standard().withScaling(Scaling.NONE).withStreams(streams));
        assertThat(data.training()).isEqualTo(new Span(0, training));
        return data;
    }

    @Test
    void everyStepIsInOneChunkAndTheShortLastOneTrains() {
        Chunks chunks = data(70, 1).chunks(30, 0);
        assertThat(chunks.rows()).isEqualTo(2);
        assertThat(chunks.count(0)).isEqualTo(3);
        List<Float> read = new ArrayList<>();
        for (int i = 0; i < chunks.count(0); i++) {
            Chunk chunk = chunks.get(i, 0);
            assertThat(chunk.input().lengths()).isNull();
            assertThat(chunk.scored()).isEqualTo(chunk.input().steps() * 2);
            assertThat(sum(chunk.weights())).isEqualTo(1, within(1e-5));
            for (int t = 0; t < chunk.input().steps(); t++) {
                float x = chunk.input().values()[2 * t];
                read.add(x);
                assertThat(chunk.target()[2 * t]).isEqualTo(x + 1);
                assertThat(chunk.input().values()[2 * t + 1]).isEqualTo(1000 + x);
            }
        }
        assertThat(chunks.get(2, 0).input().steps()).isEqualTo(10);
        assertThat(read).hasSize(70).isSorted().startsWith(0f).endsWith(69f).doesNotHaveDuplicates();
    }

    @Test
    void theStepsBeforeAnOffsetAndTheWarmupAreNotScored() {
        Chunks chunks = data(70, 1).chunks(30, 8);
        assertThat(chunks.get(0, 0).scored()).isEqualTo(2 * 22);
        assertThat(chunks.get(0, 0).weights()[15]).isZero();
        assertThat(chunks.get(0, 0).weights()[16]).isEqualTo(1f / 44);
        assertThat(chunks.count(5)).isEqualTo(4);
        Chunk lead = chunks.get(0, 5);
        assertThat(lead.input().steps()).isEqualTo(5);
        assertThat(lead.scored()).isZero();
        assertThat(lead.weights()).containsOnly(0);
        Chunk next = chunks.get(1, 5);
        assertThat(next.from()).isEqualTo(5);
        assertThat(next.input().values()[0]).isEqualTo(5);
        assertThat(next.scored()).isEqualTo(2 * 27);
        assertThat(chunks.get(3, 5).input().steps()).isEqualTo(5);
    }

    @Test
    void offsetsLeaveAtLeastOneFullChunk() {
        Chunks chunks = data(70, 1).chunks(60, 0);
        assertThat(chunks.offset(0)).isZero();
        assertThat(chunks.offset(Math.nextDown(1.0))).isEqualTo(10);
        assertThat(chunks.get(1, 10).input().steps()).isEqualTo(60);
    }

    @Test
    void streamsAreContiguousAndAsLongAsEachOtherButForOneStep() {
        Chunks chunks = data(35, 3).chunks(10, 0);
        assertThat(chunks.rows()).isEqualTo(6);
        assertThat(chunks.steps()).isEqualTo(12);
        Chunk first = chunks.get(0, 0);
        assertThat(first.input().values()).startsWith(0, 12, 24, 1000, 1012, 1024, 1, 13, 25);
        Chunk last = chunks.get(1, 0);
        assertThat(last.input().steps()).isEqualTo(2);
        assertThat(last.input().lengths()).containsExactly(2, 2, 1, 2, 2, 1);
        assertThat(last.input().values()).containsExactly(10, 22, 34, 1010, 1022, 1034, 11, 23, 0, 1011, 1023, 0);
        assertThat(last.target()).containsExactly(11, 23, 35, 1011, 1023, 1035, 12, 24, 0, 1012, 1024, 0);
        assertThat(last.scored()).isEqualTo(10);
        assertThat(last.weights()[8]).isZero();
    }

    @Test
    void aSeriesShorterThanOneChunkIsRefused() {
        assertThatThrownBy(() -> data(70, 1).chunks(100, 0))
                .isInstanceOf(UsageException.class)
                .hasMessage("the series is shorter than one chunk: seq-len = 100, but the training part has 70 steps;"
                        + " seq-len = 70 or less would be right");
        assertThatThrownBy(() -> data(70, 4).chunks(19, 0))
                .hasMessage(
                        "the series is shorter than one chunk: seq-len = 19, but the training part has 18 steps in each"
                                + " of its 4 streams; seq-len = 18 or less, or fewer streams, would be right");
        assertThatThrownBy(() -> data(70, 1).chunks(10, 70))
                .hasMessage("warmup = 70 leaves no step of 70 to train on; a value from 0 to 69 would be right");
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float each : values) {
            sum += each;
        }
        return sum;
    }
}
