package dev.rondo.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.api.spi.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The interpolated n-grams on texts whose figures were computed with numpy. */
final class NGramsTest {
    /** The text's last {@code test} share is the test; all but two characters before it are for training. */
    private static Dataset text(String file, double test) throws IOException {
        Path path = Path.of("..", "..", "shared", "data").resolve(file);
        assumeTrue(Files.exists(path), path + " is not there, so its figures are not checked");
        int[] characters = Files.readString(path).codePoints().toArray();
        List<Integer> known =
                Arrays.stream(characters).sorted().distinct().boxed().toList();
        float[][] series = new float[1][characters.length];
        for (int t = 0; t < characters.length; t++) {
            series[0][t] = known.indexOf(characters[t]);
        }
        Series letters = Series.of("letter", series)
                .withClasses("letter", known.stream().map(Character::toString).toList());
        return Dataset.of(letters, DataSetup.standard().withSplit(new Split(2.0 / characters.length, test)));
    }

    private static double accuracy(Dataset data, NGrams grams) {
        double[] forecast = new double[data.classes().get(0)];
        int met = 0;
        for (int t = data.test().from(); t < data.test().to(); t++) {
            grams.forecast(0, t, forecast);
            int best = 0;
            for (int k = 1; k < forecast.length; k++) {
                best = forecast[k] > forecast[best] ? k : best;
            }
            met += best == data.wanted(0, 0, t) ? 1 : 0;
        }
        return (double) met / data.test().steps();
    }

    @Test
    void tinyShakespeareWithItsLastTwentieth() throws IOException {
        Dataset data = text("shakespeare/tinyshakespeare.txt", .05);
        double[] nats = {2.487, 2.082, 1.832, 1.742, 1.776};
        double[] accuracies = {.271, .385, .470};
        for (int order = 1; order <= 5; order++) {
            NGrams grams = NGrams.fit(data, order);
            assertThat(grams.surprise(data.test())).as("order %d", order).isEqualTo(nats[order - 1], within(.001));
            if (order <= accuracies.length) {
                assertThat(accuracy(data, grams)).as("order %d", order).isEqualTo(accuracies[order - 1], within(.001));
            }
        }
    }

    @Test
    void tinyShakespeareWithItsLastTenth() throws IOException {
        Dataset data = text("shakespeare/tinyshakespeare.txt", .1);
        assertThat(NGrams.fit(data, 0).surprise(data.test()) / Math.log(2)).isEqualTo(4.829, within(.001));
        assertThat(NGrams.fit(data, 3).surprise(data.test()) / Math.log(2)).isEqualTo(2.559, within(.001));
        assertThat(NGrams.fit(data, 5).surprise(data.test()) / Math.log(2)).isEqualTo(2.450, within(.001));
    }
}
