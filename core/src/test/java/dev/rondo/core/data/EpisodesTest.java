package dev.rondo.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Targets at the same step, episodes, and steps that do not count. */
final class EpisodesTest {
    private static final DataSetup PLAIN = DataSetup.standard().withScaling(Scaling.NONE);

    /** Two series that read x = t or 100 + t and predict y = 2 x at the same step. */
    private static Series doubling(int length) {
        float[][][] values = new float[2][length][2];
        for (int row = 0; row < 2; row++) {
            for (int t = 0; t < length; t++) {
                values[row][t][0] = 100 * row + t;
                values[row][t][1] = 2 * values[row][t][0];
            }
        }
        return new Series(List.of("x", "y"), List.of("x"), List.of("y"), values, new double[0], List.of())
                .atTheSameStep();
    }

    /** Counts the last step of each episode only. */
    private static boolean[][] ends(int rows, int length, int episode) {
        boolean[][] scored = new boolean[rows][length];
        for (boolean[] row : scored) {
            for (int t = episode - 1; t < length; t += episode) {
                row[t] = true;
            }
        }
        return scored;
    }

    @Test
    void aTargetMayBelongToTheStepThatIsRead() {
        Dataset data = Dataset.of(doubling(10), PLAIN);
        assertThat(data.steps()).isEqualTo(10);
        assertThat(data.inputs(data.test()).values()).containsExactly(8, 108, 9, 109);
        assertThat(data.truth(data.test())).containsExactly(16, 216, 18, 218);
        assertThat(data.forecast(new float[4], data.test(), 0, 0).labels()).containsExactly("8", "9");
    }

    @Test
    void partsConsistOfWholeEpisodes() {
        Dataset data = Dataset.of(doubling(50).inEpisodes(5), PLAIN);
        assertThat(List.of(data.training(), data.validation(), data.test()))
                .containsExactly(new Span(0, 35), new Span(35, 40), new Span(40, 50));
        assertThatThrownBy(() -> Dataset.of(doubling(50).inEpisodes(25), PLAIN))
                .isInstanceOf(DataException.class)
                .hasMessage("the series has 2 episodes of 25 steps; split 70/10/20 that makes 2 for training, 0 for"
                        + " validation and 0 for the test, but at least 1, 1 and 1 are needed: take a longer series or"
                        + " another split");
    }

    @Test
    void noChunkReachesFromOneEpisodeIntoTheNext() {
        Dataset data = Dataset.of(doubling(50).inEpisodes(5), PLAIN);
        Chunks chunks = data.chunks(3, 10);
        assertThat(chunks.count(chunks.offset(0.9))).isEqualTo(14);
        for (int i = 0; i < 14; i++) {
            Chunk chunk = chunks.get(i, 0);
            assertThat(chunk.from()).isEqualTo(i / 2 * 5 + i % 2 * 3);
            assertThat(chunk.fresh()).isEqualTo(i % 2 == 0);
            assertThat(chunk.input().steps()).isEqualTo(i % 2 == 0 ? 3 : 2);
            assertThat(chunk.scored()).isEqualTo(2 * chunk.input().steps());
            assertThat(chunk.target()[0]).isEqualTo(2 * chunk.from());
        }
        Chunks whole = data.chunks(100, 10);
        assertThat(whole.count(0)).isEqualTo(7);
        assertThat(whole.get(6, 0).input().steps()).isEqualTo(5);
    }

    @Test
    void streamsAreCutBetweenEpisodes() {
        Chunks chunks =
                Dataset.of(doubling(50).inEpisodes(5), PLAIN.withStreams(2)).chunks(5, 0);
        assertThat(chunks.rows()).isEqualTo(4);
        assertThat(chunks.count(0)).isEqualTo(4);
        // Seven episodes: four in the first stream, three in the second.
        assertThat(chunks.get(0, 0).input().values()).startsWith(0, 20, 100, 120);
        Chunk last = chunks.get(3, 0);
        assertThat(last.input().lengths()).containsExactly(5, 0, 5, 0);
        assertThat(last.scored()).isEqualTo(10);
        Chunks shorter =
                Dataset.of(doubling(50).inEpisodes(5), PLAIN.withStreams(2)).chunks(3, 0);
        assertThat(shorter.get(7, 0).input().lengths())
                .as("three steps behind the end of the shorter stream")
                .containsExactly(2, 0, 2, 0);
    }

    @Test
    void whatDoesNotCountHasNoWeightAndIsNotMeasured() {
        Dataset data = Dataset.of(doubling(50).inEpisodes(5).scoredAt(ends(2, 50, 5)), PLAIN);
        Chunk first = data.chunks(3, 0).get(0, 0);
        assertThat(first.scored()).isZero();
        assertThat(first.weights()).containsOnly(0);
        Chunk second = data.chunks(3, 0).get(1, 0);
        assertThat(second.weights()).containsExactly(0, 0, .5f, .5f);
        assertThat(data.scored(data.test())).containsExactly(8, 9, 18, 19);
        float[] output = data.targets(data.test());
        output[0] += 1000; // does not count
        output[8] += 2;
        Accuracy accuracy = data.accuracy(output, data.test());
        assertThat(accuracy.count()).isEqualTo(4);
        assertThat(accuracy.mse()).isEqualTo(1);
        assertThat(data.digest()).isNotEqualTo(Dataset.of(doubling(50), PLAIN).digest());
    }

    @Test
    void baselinesOfASameStepTargetReadTheInputs() {
        Dataset data = Dataset.of(doubling(50).inEpisodes(5).scoredAt(ends(2, 50, 5)), PLAIN);
        List<BaselineResult> results = Baselines.of(data);
        assertThat(results).extracting(BaselineResult::name).containsExactly("mean", "linear");
        // Scored in training: y = 8, 18, ... 68 and 208 ... 268, of mean 138; in the test 88, 98, 288, 298.
        assertThat(results.get(0).test().mae()).isEqualTo((50 + 40 + 150 + 160) / 4.0, within(1e-4));
        assertThat(results.get(1).test().rmse()).isLessThan(1e-3);
        assertThat(Baselines.leftOut(data, results))
                .containsExactly(
                        Map.entry("persistence", "the past of the target is not known when it is predicted"),
                        Map.entry("extrapolation", "the past of the target is not known when it is predicted"),
                        Map.entry("seasonal", "the past of the target is not known when it is predicted"));
    }

    @Test
    void lagsBeforeAnEpisodeCountAsTheMean() {
        // y(t) = x(t) + x(t−1), with x alternating within and jumping between episodes.
        float[][][] values = new float[1][60][2];
        for (int t = 0; t < 60; t++) {
            values[0][t][0] = (t * 7 % 11) - 5;
            values[0][t][1] = values[0][t][0] + (t % 3 == 0 ? 100 : values[0][t - 1][0]);
        }
        boolean[][] scored = new boolean[1][60];
        for (int t = 0; t < 60; t++) {
            scored[0][t] = t % 3 != 0;
        }
        Series series = new Series(List.of("x", "y"), List.of("x"), List.of("y"), values, new double[0], List.of())
                .atTheSameStep()
                .inEpisodes(3)
                .scoredAt(scored);
        Dataset data = Dataset.of(series, PLAIN);
        assertThat(Baselines.ofInputs(data, 2).test().rmse()).isLessThan(1e-5);
        assertThat(Baselines.ofInputs(data, 1).test().rmse()).isGreaterThan(1);
        assertThat(Baselines.ofInputs(data, 3).test().rmse()).isLessThan(1e-5);
    }

    @Test
    void classesAreNotScaledAndHaveBaselinesOfTheirOwn() {
        // The text "abc" over and over, with a "d" for each tenth "c".
        float[][] text = new float[1][601];
        for (int t = 0; t < 601; t++) {
            text[0][t] = t % 30 == 29 ? 3 : t % 3;
        }
        Series series = Series.of("letter", text).withClasses("letter", List.of("a", "b", "c", "d"));
        Dataset data = Dataset.of(series, DataSetup.standard().withScaling(Scaling.STANDARD));
        assertThat(data.classes()).containsExactly(4);
        assertThat(data.normalization().scale("letter")).isEqualTo(new Normalization.Scale("letter", 0, 1));
        List<BaselineResult> results = Baselines.of(data);
        assertThat(results).extracting(BaselineResult::name).containsExactly("persistence", "frequencies", "n-gram");
        double[] forecast = new double[4];
        results.get(0).rule().forecast(0, 29, forecast);
        assertThat(forecast).containsExactly(0, 0, 0, 1);
        results.get(1).rule().forecast(0, 29, forecast);
        // 420 training targets, values 1 to 420: 140 a, 140 b, 126 c, 14 d, four different ones.
        assertThat(forecast)
                .containsExactly(new double[] {141 / 424.0, 141 / 424.0, 127 / 424.0, 15 / 424.0}, within(1e-12));
        assertThat(Baselines.leftOut(data, results).keySet()).containsExactly("extrapolation", "seasonal", "linear");
    }

    @Test
    void shorterContextsAreMixedIn() {
        float[][] text = {{0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0}}; // values 1 to 7 are the targets of training
        Dataset data = Dataset.of(Series.of("bit", text).withClasses("bit", List.of("0", "1")), PLAIN);
        assertThat(data.training()).isEqualTo(new Span(0, 7));
        double[] forecast = new double[2];
        // 1 0 1 0 0 1 0: four zeros, three ones.
        double one = (3 + 2 * .5) / 9;
        NGrams.fit(data, 0).forecast(0, 9, forecast);
        assertThat(forecast).containsExactly(new double[] {1 - one, one}, within(1e-12));
        // Behind 0 came 1, 1, 0, 1, and behind 1 came 0, 0, 0, one class only.
        double behindZero = (3 + 2 * one) / 6;
        double behindOne = (0 + 1 * one) / 4;
        NGrams.fit(data, 1).forecast(0, 7, forecast);
        assertThat(forecast[1]).isEqualTo(behindZero, within(1e-12));
        NGrams.fit(data, 1).forecast(0, 8, forecast);
        assertThat(forecast[1]).isEqualTo(behindOne, within(1e-12));
        // Behind 1 0 came 1 and 0; behind 1 1 nothing, so that the shorter context stands.
        NGrams.fit(data, 2).forecast(0, 7, forecast);
        assertThat(forecast[1]).isEqualTo((1 + 2 * behindZero) / 4, within(1e-12));
        NGrams.fit(data, 2).forecast(0, 9, forecast);
        assertThat(forecast[1]).isEqualTo(behindOne, within(1e-12));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Series.of("x", new float[1][10]).inEpisodes(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whose last step has no next value");
        assertThatThrownBy(() -> doubling(11).inEpisodes(5)).hasMessage("11 values in episodes of 5");
        assertThatThrownBy(() -> doubling(10).withClasses("y", List.of("a", "b")))
                .hasMessage("2.0 is the number of none of the 2 classes of y");
        assertThatThrownBy(() -> doubling(10).scoredAt(new boolean[2][9]))
                .hasMessage("what counts is said of 9 steps of 10");
    }
}
