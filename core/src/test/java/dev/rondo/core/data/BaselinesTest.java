package dev.rondo.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Series;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BaselinesTest {
    private static Dataset data(int values, IntToDoubleFunction formula) {
        float[] series = new float[values];
        for (int t = 0; t < values; t++) {
            series[t] = (float) formula.applyAsDouble(t);
        }
        return Dataset.of(
                Series.of("x", new float[][] {series}), DataSetup.standard().withScaling(Scaling.STANDARD));
    }

    private static Map<String, BaselineResult> results(Dataset data) {
        return Baselines.of(data).stream().collect(Collectors.toMap(BaselineResult::name, Function.identity()));
    }

    @Test
    void aLineIsExtrapolatedExactlyAndMissedByItsStepOtherwise() {
        Map<String, BaselineResult> results = results(data(101, t -> 3 * t + 5));
        assertThat(results.get("persistence").test()).isEqualTo(new Accuracy(9, 3, 3, 20));
        assertThat(results.get("extrapolation").test().mse()).isZero();
        assertThat(results.get("linear").test().rmse()).isLessThan(1e-3);
        assertThat(results).doesNotContainKey("seasonal");
    }

    @Test
    void aSeasonIsFoundAndRepeated() {
        int[] pattern = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
        Map<String, BaselineResult> results = results(data(241, t -> pattern[t % 12] + .5 * t));
        assertThat(results.get("seasonal").description()).isEqualTo("the value 12 steps before");
        assertThat(results.get("seasonal").test().mae()).isEqualTo(6, within(1e-6));
    }

    @Test
    void noiseHasNoSeason() {
        RandomStream random = SeededStream.of(3, 0);
        assertThat(results(data(500, t -> random.normal()))).doesNotContainKey("seasonal");
    }

    @Test
    void theLinearForecastFindsTheCoefficientsOfAnAutoregression() {
        RandomStream random = SeededStream.of(5, 0);
        double[] past = {0, 0};
        Dataset data = data(20_001, t -> {
            double next = 20 + 1.2 * (past[0] - 20) - .5 * (past[1] - 20) + random.normal();
            past[1] = past[0];
            past[0] = next;
            return next;
        });
        // The noise has variance 1, which no forecast can go below; with one lag the error is 1 / (1 − 0.5²).
        assertThat(Baselines.linear(data, 2).test().mse()).isEqualTo(1, within(.05));
        assertThat(Baselines.linear(data, 1).test().mse()).isEqualTo(1 / .75, within(.07));
        assertThat(results(data).get("linear").test().mse()).isEqualTo(1, within(.05));
    }

    @Test
    void aSineIsSolvedThoughItsEquationsAreSingular() {
        Dataset data = data(1001, t -> Math.sin(2 * Math.PI * t / 60));
        assertThat(Baselines.linear(data, 30).test().rmse()).isLessThan(1e-5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-40, 0x1p-27, 0x1p20})
    void theLinearForecastIsTheSameInEveryUnit(double unit) {
        Map<String, BaselineResult> usual = results(data(2001, walk(1)));
        Map<String, BaselineResult> scaled = results(data(2001, walk(unit)));
        // A power of two changes no digit.
        assertThat(scaled.get("linear").description())
                .isEqualTo(usual.get("linear").description());
        assertThat(scaled.get("linear").test().mse())
                .isEqualTo(usual.get("linear").test().mse() * unit * unit);
    }

    private static IntToDoubleFunction walk(double unit) {
        RandomStream random = SeededStream.of(7, 0);
        double[] past = {0, 0, 0};
        return t -> {
            double next = .5 + .6 * past[0] - .3 * past[1] + .4 * past[2] + random.normal();
            past[2] = past[1];
            past[1] = past[0];
            past[0] = next;
            return next * unit;
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-40, 0x1p-27, 0x1p20})
    void theForecastFromInputsIsTheSameInEveryUnitOfThem(double unit) {
        assertThat(fromInputs(unit)).isEqualTo(fromInputs(1));
        assertThat(fromInputs(unit).mse()).isLessThan(.01);
    }

    /** The target is the input less three times the one before. */
    private static Accuracy fromInputs(double unit) {
        RandomStream random = SeededStream.of(9, 0);
        float[][] values = new float[501][2];
        for (int t = 0; t < values.length; t++) {
            values[t][0] = (float) (random.normal() * unit);
            values[t][1] = t == 0 ? 0 : (float) ((values[t][0] - 3 * values[t - 1][0]) / unit);
        }
        Series series = new Series(
                List.of("x", "y"), List.of("x"), List.of("y"), new float[][][] {values}, new double[0], List.of());
        return Baselines.ofInputs(Dataset.of(series.atTheSameStep(), DataSetup.standard()), 2)
                .test();
    }
}
