package dev.rondo.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Sources;
import dev.rondo.core.spec.Configured;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values computed with numpy from the published formulas. */
final class GeneratorsTest {
    private static double[] wave(int waves, boolean harmonics, int count) {
        double[] values = new double[count];
        for (int t = 0; t < count; t++) {
            values[t] = Waves.value(waves, 60, harmonics, t);
        }
        return values;
    }

    @Test
    void sinesFollowTheirFormula() {
        assertThat(wave(1, false, 8))
                .containsExactly(
                        new double[] {0, .1045285, .2079117, .3090170, .4067366, .5, .5877853, .6691306}, within(1e-6));
        assertThat(wave(2, true, 8))
                .containsExactly(
                        new double[] {0, .1562201, .3073242, .4484011, .5749407, .6830127, .7694209, .8318263},
                        within(1e-6));
        assertThat(wave(3, true, 8))
                .containsExactly(
                        new double[] {0, .2071524, .4008112, .5686064, .7003127, .7886751, .8299661, .8242232},
                        within(1e-6));
        assertThat(wave(2, false, 6))
                .containsExactly(new double[] {0, .0784322, .1562201, .2327257, .3073242, .3794095}, within(1e-6));
        assertThat(wave(3, false, 6))
                .containsExactly(new double[] {0, .0639213, .1273989, .1899933, .2512738, .3108224}, within(1e-6));
        assertThat(Waves.value(1, 60, true, 15)).isEqualTo(1, within(1e-12));
        assertThat(Waves.value(2, 60, true, 15)).isEqualTo(.5, within(1e-12));
        assertThat(Waves.value(3, 60, true, 15)).isEqualTo(0, within(1e-12));
    }

    @Test
    void mackeyGlassStartsWithTwentyThreeStepsOfDecay() {
        double[] x = MackeyGlass.map(.1, 201, 23, .2, .8, .9, 10);
        assertThat(new double[] {x[0], x[1], x[2], x[3], x[4], x[5]})
                .containsExactly(new double[] {.1, .09, .081, .0729, .06561, .059049}, within(1e-6));
        assertThat(new double[] {x[23], x[24], x[25], x[26], x[27], x[28]})
                .containsExactly(
                        new double[] {.0088629, .0329766, .0521790, .0672111, .0787150, .0872460}, within(1e-6));
        assertThat(new double[] {x[46], x[47], x[48], x[49], x[50], x[100], x[200]})
                .containsExactly(
                        new double[] {.0574098, .0538846, .0567403, .0641110, .0745027, .4234900, .8637702},
                        within(1e-6));
        double[] other = MackeyGlass.map(.5, 201, 23, .2, .8, .9, 10);
        assertThat(new double[] {other[23], other[24], other[28], other[100], other[200]})
                .containsExactly(new double[] {.0443147, .1647308, .4360771, 1.5025852, .6236088}, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1, 0.8736179, 0.9588511, 0.3344953, 0.5463025",
        "-1.2, 0.3, -1.0955852, -1.0209977, -1.3887835, -2.5721516",
        "1.5, 2, 3.9776682, 2.8213419, 7.8595462, 14.1014199"
    })
    void levyStepsAreStable(double v, double e, double first, double normal, double skewed, double cauchy) {
        assertThat(LevyFlight.stable(1.8, 0, v, e)).isEqualTo(first, within(1e-6));
        assertThat(LevyFlight.stable(2, 0, v, e)).isEqualTo(normal, within(1e-6));
        assertThat(LevyFlight.stable(1.5, .5, v, e)).isEqualTo(skewed, within(1e-6));
        assertThat(LevyFlight.stable(1, 0, v, e)).isEqualTo(cauchy, within(1e-6));
    }

    @Test
    void brownianMotionWithALeakIsStationary() {
        float[][] series = values(new Brownian(), Map.of(), DataSetup.standard().withSeries(200));
        double squares = 0;
        double steps = 0;
        long count = 0;
        for (float[] each : series) {
            assertThat(each[0]).isZero();
            for (int t = 100; t + 1 < each.length; t++) {
                squares += (double) each[t] * each[t];
                double step = each[t + 1] - 0.9 * each[t];
                steps += step * step;
                count++;
            }
        }
        assertThat(squares / count).isEqualTo(.0526, within(.002));
        assertThat(steps / count).isEqualTo(.01, within(.0002));
    }

    @Test
    void persistenceErrorsAreThoseOfTheFormulas() {
        assertThat(persistence(new Sine1(), Map.of())).isEqualTo(.0054780, within(2e-5));
        assertThat(persistence(new Sine2(), Map.of())).isEqualTo(.0017121, within(5e-5));
        assertThat(persistence(new Sine3(), Map.of())).isEqualTo(.0008286, within(5e-5));
        assertThat(persistence(new Sine2(), Map.of(Waves.HARMONICS, true))).isEqualTo(.0068329, within(3e-5));
        assertThat(persistence(new Sine3(), Map.of(Waves.HARMONICS, true))).isEqualTo(.0084752, within(3e-5));
        assertThat(persistence(new Sine1(), Map.of(Generated.NOISE, true)))
                .isEqualTo(.0054780 + .0066667, within(1e-4));
        assertThat(persistence(new MackeyGlass(), Map.of())).isEqualTo(.00227, within(1e-4));
        assertThat(persistence(new Brownian(), Map.of())).isEqualTo(.010526, within(1e-4));
    }

    @Test
    void theSameSeedGivesTheSameSeriesAndEachSeriesIsItsOwn() {
        for (SeriesSource source : List.of(new Sine3(), new MackeyGlass(), new LevyFlight(), new Brownian())) {
            DataSetup setup = DataSetup.standard().withSeries(3).withLength(100);
            float[][] first = values(source, Map.of(), setup);
            assertThat(first).hasDimensions(3, 101);
            assertThat(values(source, Map.of(), setup)).isDeepEqualTo(first);
            assertThat(values(source, Map.of(), setup.withSeries(2))[1]).isEqualTo(first[1]);
            assertThat(first[1]).isNotEqualTo(first[0]);
            assertThat(values(source, Map.of(), setup.withSeed(2))[0]).isNotEqualTo(first[0]);
        }
    }

    @Test
    void aGeneratorReadsNoFile() {
        SeriesSource source = new MackeyGlass();
        assertThatThrownBy(() ->
                        Sources.open(new Configured<>(source, 0, Map.of(), List.of(), "x.csv"), DataSetup.standard()))
                .isInstanceOf(UsageException.class)
                .hasMessage("mackey_glass reads no file, so ':x.csv' means nothing: write mackey_glass alone");
    }

    @Test
    void allAreFoundByTheirNames() {
        assertThat(ServiceLoader.load(SeriesSource.class))
                .extracting(each -> each.describe().name())
                .contains("sine_1", "sine_2", "sine_3", "mackey_glass", "levy_flight", "brownian");
    }

    private static double persistence(SeriesSource source, Map<Option<?>, Object> options) {
        double squares = 0;
        long count = 0;
        for (float[] each : values(source, options, DataSetup.standard().withSeries(100))) {
            for (int t = 100; t + 1 < each.length; t++) {
                double step = (double) each[t + 1] - each[t];
                squares += step * step;
                count++;
            }
        }
        return squares / count;
    }

    private static float[][] values(SeriesSource source, Map<Option<?>, Object> options, DataSetup setup) {
        Series series = Sources.open(new Configured<>(source, 0, options, List.of(), ""), setup);
        float[][] values = new float[series.count()][series.length()];
        for (int i = 0; i < values.length; i++) {
            for (int t = 0; t < values[i].length; t++) {
                values[i][t] = series.values()[i][t][0];
            }
        }
        return values;
    }
}
