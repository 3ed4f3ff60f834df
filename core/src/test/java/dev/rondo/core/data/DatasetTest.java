package dev.rondo.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.Sequences;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DatasetTest {
    private static final DataSetup PLAIN = DataSetup.standard().withScaling(Scaling.NONE);

    /** Two series of two columns: a counts from 0 or 100, b is ten times a. */
    private static Series counting(int length) {
        float[][][] values = new float[2][length][2];
        double[] times = new double[length];
        for (int t = 0; t < length; t++) {
            times[t] = t * t;
            for (int row = 0; row < 2; row++) {
                values[row][t][0] = 100 * row + t;
                values[row][t][1] = 10 * values[row][t][0];
            }
        }
        return new Series(List.of("a", "b"), List.of("a"), List.of("b"), values, times, List.of());
    }

    @Test
    void aStepReadsAValueAndPredictsTheNext() {
        Dataset data = Dataset.of(counting(11), PLAIN);
        assertThat(data.steps()).isEqualTo(10);
        assertThat(List.of(data.training(), data.validation(), data.test()))
                .containsExactly(new Span(0, 7), new Span(7, 8), new Span(8, 10));
        Sequences inputs = data.inputs(data.test());
        assertThat(inputs.steps()).isEqualTo(2);
        assertThat(inputs.batch()).isEqualTo(2);
        assertThat(inputs.values()).containsExactly(8, 108, 9, 109);
        assertThat(inputs.stamps()).containsExactly(64, 64, 81, 81);
        assertThat(data.truth(data.test())).containsExactly(90, 1090, 100, 1100);
        assertThat(data.targets(data.test())).containsExactly(90, 1090, 100, 1100);
    }

    @Test
    void shareOfTheTestIsRoundedAndTakenFromTheEnd() {
        assertThat(Split.STANDARD.spans(3649))
                .containsExactly(new Span(0, 2554), new Span(2554, 2919), new Span(2919, 3649));
        assertThat(Split.STANDARD.spans(2819))
                .containsExactly(new Span(0, 1973), new Span(1973, 2255), new Span(2255, 2819));
        assertThat(Split.STANDARD.spans(1000))
                .containsExactly(new Span(0, 700), new Span(700, 800), new Span(800, 1000));
        assertThat(Split.parse("60/15/25")).isEqualTo(new Split(.15, .25)).hasToString("60/15/25");
        assertThatThrownBy(() -> Split.parse("70/20/20"))
                .isInstanceOf(UsageException.class)
                .hasMessage("'70/20/20' is no split: three parts above 0 that make 100, as in 70/10/20");
        assertThatThrownBy(() -> Split.STANDARD.spans(3)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Split.STANDARD.spans(0))
                .hasMessage(
                        "the series has 0 values to predict; split 70/10/20 that makes 0 for training, 0 for validation and 0"
                                + " for the test, but at least 2, 1 and 1 are needed: take a longer series or another split");
    }

    @Test
    void scalesByTheTrainingPartAlone() {
        Series series = Series.of("x", new float[][] {{1, 2, 3, 4, 5, 6, 7, 8, 1000, -1000, 500}});
        Dataset data = Dataset.of(series, DataSetup.standard().withScaling(Scaling.STANDARD));
        // Values 0 to 7 are read or predicted in training: mean 4.5, variance 5.25.
        Normalization.Scale scale = data.normalization().scale("x");
        assertThat(scale.mean()).isEqualTo(4.5);
        assertThat(scale.deviation()).isEqualTo(Math.sqrt(5.25), within(1e-12));
        assertThat(data.inputs(data.training()).values()[0]).isEqualTo((float) (-3.5 / Math.sqrt(5.25)));
        assertThat(data.inUnits(data.targets(data.test()))).containsExactly(new float[] {-1000, 500}, within(1e-3f));
        assertThat(data.accuracy(data.targets(data.test()), data.test()).rmse()).isLessThan(1e-3);
    }

    @Test
    void aConstantColumnIsOnlyShifted() {
        Series series = Series.of("x", new float[][] {{.1f, .1f, .1f, .1f, .1f, .1f, .1f, .1f, .1f, .2f, .1f}});
        Dataset data = Dataset.of(series, DataSetup.standard().withScaling(Scaling.STANDARD));
        assertThat(data.normalization().scale("x").deviation()).isEqualTo(1);
        assertThat(data.inputs(data.training()).values()).containsOnly(0);
    }

    @Test
    void accuraciesAreMeansOfErrors() {
        Accuracy accuracy = Accuracy.of(new float[] {1, 2, 4}, new float[] {1, 3, 2});
        assertThat(accuracy.mse()).isEqualTo(1.6666667, within(1e-7));
        assertThat(accuracy.rmse()).isEqualTo(1.2909944, within(1e-7));
        assertThat(accuracy.mae()).isEqualTo(1, within(1e-12));
        assertThat(accuracy.count()).isEqualTo(3);
    }

    @Test
    void forecastsCarryTheLabelOfThePredictedStep() {
        Dataset data = Dataset.of(counting(11), PLAIN);
        Forecast forecast = data.forecast(new float[] {1, 2, 3, 4}, data.test(), 1, 0);
        assertThat(forecast.column()).isEqualTo("b");
        assertThat(forecast.labels()).containsExactly("9", "10");
        assertThat(forecast.truth()).containsExactly(1090, 1100);
        assertThat(forecast.prediction()).containsExactly(2, 4);
    }

    @Test
    void theHistoryEndsWithTheLastValue() {
        Series series = counting(5);
        Sequences history = Dataset.history(series, Normalization.none(series.columns()));
        assertThat(history.values()).containsExactly(0, 100, 1, 101, 2, 102, 3, 103, 4, 104);
    }

    @Test
    void theDigestTellsDataApart() {
        Dataset data = Dataset.of(counting(11), PLAIN);
        assertThat(data.digest())
                .hasSize(64)
                .isEqualTo(Dataset.of(counting(11), PLAIN).digest());
        assertThat(Dataset.of(counting(12), PLAIN).digest()).isNotEqualTo(data.digest());
    }

    @Test
    void refittingAddsTheValidationPart() {
        Dataset data = Dataset.of(counting(11), DataSetup.standard().withScaling(Scaling.STANDARD));
        assertThat(data.refit().training()).isEqualTo(new Span(0, 8));
        assertThat(data.refit().test()).isEqualTo(data.test());
        assertThat(data.refit().normalization()).isEqualTo(data.normalization());
    }

    @Test
    void randomNumbersAreUniformNormalAndIndependent() {
        SeededStream stream = SeededStream.of(1, 0);
        SeededStream other = SeededStream.of(1, 1);
        double mean = 0;
        double square = 0;
        double fourth = 0;
        double uniform = 0;
        double product = 0;
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            double n = stream.normal();
            mean += n / count;
            square += n * n / count;
            fourth += n * n * n * n / count;
            product += n * other.normal() / count;
            uniform += stream.uniform() / count;
        }
        assertThat(mean).isEqualTo(0, within(.01));
        assertThat(square).isEqualTo(1, within(.015));
        assertThat(fourth).isEqualTo(3, within(.1));
        assertThat(product).isEqualTo(0, within(.01));
        assertThat(uniform).isEqualTo(.5, within(.003));
    }
}
