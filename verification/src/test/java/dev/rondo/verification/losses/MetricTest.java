package dev.rondo.verification.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.Accuracy;
import dev.rondo.core.data.BaselineResult;
import dev.rondo.core.data.Baselines;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Metrics;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.data.Span;
import dev.rondo.core.data.Split;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Metrics on numbers that can be followed by hand. */
final class MetricTest {
    private static final Rondo RONDO = Rondo.create();
    private static final DataSetup PLAIN = DataSetup.standard().withScaling(Scaling.NONE);

    /** Training values 1, 2, 4, 8, one value for validation, and targets 1, 2, 4 in the test. */
    private static Dataset numbers(Scaling scaling) {
        Series series = Series.of("x", new float[][] {{1, 2, 4, 8, 3, 1, 2, 4}});
        Dataset data =
                Dataset.of(series, PLAIN.withSplit(new Split(1 / 7.0, 3 / 7.0)).withScaling(scaling));
        assertThat(data.training()).isEqualTo(new Span(0, 3));
        assertThat(data.truth(data.test())).containsExactly(1, 2, 4);
        return data;
    }

    private static double figure(String metric, Dataset data, float... predictions) {
        Metrics metrics = RONDO.metrics(metric, data);
        BaselineResult.Rule rule = (row, t, forecast) -> {
            int width = forecast.length;
            int place = (t - data.test().from()) * data.rows() + row;
            for (int i = 0; i < width; i++) {
                forecast[i] = predictions[place * width + i];
            }
        };
        Map<String, Double> figures = metrics.of(rule, data.test());
        assertThat(figures).hasSize(1);
        return figures.values().iterator().next();
    }

    @Test
    void metricsOfNumbers() {
        Dataset data = numbers(Scaling.NONE);
        float[] predictions = {1, 3, 2};
        assertThat(figure("MSE", data, predictions)).isEqualTo(1.6666667, within(1e-7));
        assertThat(figure("MAE", data, predictions)).isEqualTo(1.0, within(1e-15));
        assertThat(figure("RMSE", data, predictions)).isEqualTo(1.2909944, within(1e-7));
        assertThat(figure("NRMSE", data, predictions)).isEqualTo(1.0350983, within(1e-7));
        assertThat(figure("NRMSE_by=range", data, predictions)).isEqualTo(1.2909944 / 3, within(1e-7));
        assertThat(figure("NRMSE_by=mean", data, predictions)).isEqualTo(1.2909944 / (7 / 3.0), within(1e-7));
        assertThat(figure("sMAPE", data, predictions)).isEqualTo(35.5555556, within(1e-7));
        assertThat(figure("MASE", data, predictions)).isEqualTo(0.4285714, within(1e-7));
        // Two steps apart: 4 − 1 and 8 − 2.
        assertThat(figure("MASE_season=2", data, predictions)).isEqualTo(1 / 4.5, within(1e-15));
    }

    @Test
    void nothingOfNothingIsNoError() {
        Series series = Series.of("x", new float[][] {{1, 2, 4, 8, 3, 0, 2, 0}});
        Dataset data = Dataset.of(series, PLAIN.withSplit(new Split(1 / 7.0, 3 / 7.0)));
        assertThat(figure("sMAPE", data, 0, -2, 1)).isEqualTo(200 * (0 + 1 + 1) / 3.0, within(1e-12));
    }

    @Test
    void figuresOfAModelAreInTheDatasOwnUnits() {
        Dataset data = numbers(Scaling.STANDARD);
        double mean = 15 / 4.0;
        double deviation = Math.sqrt((1 + 4 + 16 + 64) / 4.0 - mean * mean);
        float[] output = new float[3];
        for (int i = 0; i < 3; i++) {
            output[i] = (float) ((new int[] {1, 3, 2}[i] - mean) / deviation);
        }
        Map<String, Double> figures =
                RONDO.metrics("RMSE,MASE", data).ofModel(RONDO.objective("", data.classes()), output, data.test());
        assertThat(figures.get("RMSE")).isEqualTo(1.2909944, within(1e-6));
        assertThat(figures.get("MASE")).isEqualTo(0.4285714, within(1e-6));
    }

    @Test
    void usualFiguresAreThoseOfTheTablesToTheBit() {
        Random random = new Random(5);
        float[][] values = new float[4][501];
        for (float[] each : values) {
            for (int t = 0; t < each.length; t++) {
                each[t] = (float) random.nextGaussian();
            }
        }
        Dataset data = Dataset.of(Series.of("x", values), PLAIN);
        float[] output = new float[data.test().steps() * 4];
        for (int i = 0; i < output.length; i++) {
            output[i] = (float) random.nextGaussian();
        }
        Accuracy expected = data.accuracy(output, data.test());
        Metrics usual = RONDO.metrics("", data);
        assertThat(usual.ofModel(RONDO.objective("", data.classes()), output, data.test()))
                .containsExactly(
                        Map.entry("MSE", expected.mse()),
                        Map.entry("RMSE", expected.rmse()),
                        Map.entry("MAE", expected.mae()));
        for (BaselineResult each : Baselines.of(data)) {
            assertThat(usual.of(each.rule(), data.validation()).get("MSE"))
                    .as(each.name())
                    .isEqualTo(each.validation().mse());
        }
    }

    @Test
    void eachTargetHasANaiveErrorOfItsOwn() {
        float[][][] values = new float[1][8][2];
        float[] x = {1, 2, 4, 8, 3, 1, 2, 4};
        for (int t = 0; t < 8; t++) {
            values[0][t] = new float[] {x[t], 10 * x[t]};
        }
        List<String> columns = List.of("a", "b");
        Series series = new Series(columns, columns, columns, values, new double[0], List.of());
        Dataset data = Dataset.of(series, PLAIN.withSplit(new Split(1 / 7.0, 3 / 7.0)));
        // Errors 0, 1, 2 of the first, all 0 of the second but one of 35.
        assertThat(figure("MASE", data, 1, 10, 3, 20, 2, 5))
                .isEqualTo((1 / (7 / 3.0) + 35 / 3.0 / (70 / 3.0)) / 2, within(1e-6));
    }

    @Test
    void onlyStepsThatCountAreMeasured() {
        float[][][] values = new float[1][20][2];
        boolean[][] scored = new boolean[1][20];
        for (int t = 0; t < 20; t++) {
            values[0][t] = new float[] {t, t % 2 == 0 ? 1000 : t * t};
            scored[0][t] = t % 2 == 1;
        }
        Series series = new Series(List.of("x", "y"), List.of("x"), List.of("y"), values, new double[0], List.of())
                .atTheSameStep()
                .scoredAt(scored);
        Dataset data = Dataset.of(series, PLAIN);
        assertThat(data.test()).isEqualTo(new Span(16, 20));
        // Targets 17² and 19², missed by 1 and 3.
        assertThat(figure("MSE", data, 0, 288, 0, 364)).isEqualTo(5, within(1e-12));
        // In training 1, 9, 25, 49, 81, 121, 169 count, always two steps apart: mean difference 28; one step apart
        // never.
        assertThat(figure("MASE_season=2", data, 0, 288, 0, 364)).isEqualTo(2 / 28.0, within(1e-12));
        assertThat(figure("MASE", data, 0, 288, 0, 364)).isNaN();
    }

    /** Letters a, b, c; those of the test are c, a, b. */
    private static Dataset letters() {
        float[][] text = {{0, 1, 2, 0, 1, 0, 2, 1, 2, 0, 1}};
        Series series = Series.of("letter", text).withClasses("letter", List.of("a", "b", "c"));
        Dataset data = Dataset.of(series, PLAIN.withSplit(new Split(.1, .3)));
        assertThat(data.truth(data.test())).containsExactly(2, 0, 1);
        return data;
    }

    @Test
    void metricsOfClasses() {
        Dataset data = letters();
        float[] probabilities = {.25f, .25f, .5f, .5f, .25f, .25f, .75f, .125f, .125f};
        assertThat(figure("Accuracy", data, probabilities)).isEqualTo(2 / 3.0, within(1e-15));
        assertThat(figure("BitsPerCharacter", data, probabilities)).isEqualTo((1 + 1 + 3) / 3.0, within(1e-12));
        assertThat(figure("BitsPerCharacter", data, 0, 0, 1, 0, 1, 0, 0, 1, 0)).isInfinite();
        // Equally likely classes share what they meet: 1/3, 1/2 and nothing.
        float third = 1 / 3f;
        assertThat(figure("Accuracy", data, third, third, third, .4f, .4f, .2f, .4f, .2f, .4f))
                .isEqualTo((1 / 3.0 + 1 / 2.0) / 3, within(1e-15));
    }

    @Test
    void scoresOfAModelBecomeProbabilities() {
        Dataset data = letters();
        float[] scores = {0, 0, (float) Math.log(2), 1, -2, 3, 0, 5, 0};
        Map<String, Double> figures =
                RONDO.metrics("", data).ofModel(RONDO.objective("", data.classes()), scores, data.test());
        double second = Math.log(Math.exp(1) + Math.exp(-2) + Math.exp(3)) - 1;
        double third = Math.log(2 + Math.exp(5)) - 5;
        assertThat(figures).containsOnlyKeys("Accuracy", "BitsPerCharacter");
        assertThat(figures.get("Accuracy")).isEqualTo(2 / 3.0, within(1e-15));
        assertThat(figures.get("BitsPerCharacter"))
                .isEqualTo((Math.log(2) + second + third) / 3 / Math.log(2), within(1e-7));
    }

    @Test
    void oneScoreForTwoClassesIsMeasuredLikewise() {
        float[][] bits = {{0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1}};
        Dataset data = Dataset.of(
                Series.of("bit", bits).withClasses("bit", List.of("0", "1")), PLAIN.withSplit(new Split(.1, .3)));
        // 1, 0, 1 come; the scores say 1, 1, 1.
        float[] scores = {2, 0.5f, 1};
        Map<String, Double> figures = RONDO.metrics("", data)
                .ofModel(RONDO.objective("BinaryCrossEntropy", data.classes()), scores, data.test());
        assertThat(figures.get("Accuracy")).isEqualTo(2 / 3.0, within(1e-15));
        double nats = Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(.5)) + Math.log1p(Math.exp(-1));
        assertThat(figures.get("BitsPerCharacter")).isEqualTo(nats / 3 / Math.log(2), within(1e-12));
    }

    @Test
    void aMetricThatCannotMeasureTheTargetSaysSo() {
        assertThatThrownBy(() -> RONDO.metrics("Accuracy", numbers(Scaling.NONE)))
                .isInstanceOf(UsageException.class)
                .hasMessage("Accuracy: needs a target with classes, but the target is a number");
        assertThatThrownBy(() -> RONDO.metrics("RMSE,BitsPerCharacter", numbers(Scaling.NONE)))
                .hasMessage("BitsPerCharacter: needs a target with classes, but the target is a number");
        assertThatThrownBy(() -> RONDO.metrics("RMSE", letters()))
                .hasMessage("RMSE: needs a target that is a number; this is one of 3 classes");
        assertThatThrownBy(() -> RONDO.metrics("RMSE,", letters())).isInstanceOf(UsageException.class);
    }

    @Test
    void everyMetricIsTestedHere() {
        assertThat(RONDO.registry().all(Kind.METRIC))
                .extracting(Registered::name)
                .containsExactlyInAnyOrder(
                        "Accuracy", "BitsPerCharacter", "MAE", "MASE", "MSE", "NRMSE", "RMSE", "sMAPE");
        assertThat(RONDO.registry().all(Kind.METRIC).stream()
                        .filter(each -> each.plugin().higherIsBetter()))
                .extracting(Registered::name)
                .containsExactly("Accuracy");
    }
}
