package dev.rondo.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.BaselineResult;
import dev.rondo.core.data.Baselines;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.data.Sources;
import dev.rondo.core.data.Split;
import dev.rondo.core.spec.Configured;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values of differential equations, maps and linear processes, computed with numpy from the published formulas. */
final class SystemsTest {
    static Series open(SeriesSource source, DataSetup setup, String... options) {
        return Sources.open(configured(source, options), setup);
    }

    static Configured<SeriesSource> configured(SeriesSource source, String... options) {
        Map<Option<?>, Object> values = new HashMap<>();
        for (String each : options) {
            String[] parts = each.split("=", 2);
            Option<?> option = source.describe().options().stream()
                    .filter(known -> known.key().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            values.put(option, option.parse(parts[1]));
        }
        return new Configured<>(source, 0, values, List.of(), "");
    }

    private static double[] orbit(Orbit.Field field, int steps) {
        double[] point = {1, 1, 1};
        Orbit.advance(field, point, 0.01, steps);
        return point;
    }

    @Test
    void lorenz() {
        Orbit.Field field = Lorenz.field(10, 28, 8.0 / 3);
        assertThat(orbit(field, 1)).containsExactly(new double[] {1.0125672, 1.2599178, .9848910}, within(1e-7));
        assertThat(orbit(field, 10)).containsExactly(new double[] {2.1331065, 4.4714106, 1.1138989}, within(1e-7));
        assertThat(orbit(field, 100)).containsExactly(new double[] {-9.3786158, -8.3570600, 29.3624038}, within(1e-6));
    }

    @Test
    void rossler() {
        Orbit.Field field = Rossler.field(.2, .2, 5.7);
        assertThat(orbit(field, 1)).containsExactly(new double[] {.9801621, 1.0119125, .9559461}, within(1e-7));
        assertThat(orbit(field, 10)).containsExactly(new double[] {.8138641, 1.1116264, .6349453}, within(1e-7));
        assertThat(orbit(field, 100)).containsExactly(new double[] {-.5790866, 1.4584584, .0371175}, within(1e-7));
        assertThat(orbit(field, 500)).containsExactly(new double[] {2.1683433, -1.0319264, .0519060}, within(1e-7));
    }

    @Test
    void henon() {
        assertThat(Henon.map(new double[2], 10, 1.4, .3))
                .containsExactly(
                        new double[] {
                            1, -.4, 1.076, -.7408864, .5543223, .3475516, .9971877, -.2878712, 1.1831386, -1.0461050
                        },
                        within(1e-7));
    }

    @Test
    void logisticMap() {
        assertThat(LogisticMap.map(.1, 8, 4))
                .containsExactly(
                        new double[] {.36, .9216, .2890138, .8219392, .5854205, .9708133, .1133392, .4019738},
                        within(1e-7));
    }

    @Test
    void seriesObeyTheirEquations() {
        DataSetup setup = DataSetup.standard().withSeries(3).withLength(200);
        Series lorenz = open(new Lorenz(), setup);
        assertThat(lorenz.columns()).containsExactly("x", "y", "z").isEqualTo(lorenz.targets());
        Series rossler = open(new Rossler(), setup, "every=3", "step=0.02");
        for (int i = 0; i < 3; i++) {
            for (int t = 0; t < 200; t++) {
                double[] next = point(lorenz, i, t);
                Orbit.advance(Lorenz.field(10, 28, 8.0 / 3), next, 0.01, 2);
                assertThat(point(lorenz, i, t + 1)).containsExactly(next, within(1e-4));
                next = point(rossler, i, t);
                Orbit.advance(Rossler.field(.2, .2, 5.7), next, 0.02, 3);
                assertThat(point(rossler, i, t + 1)).containsExactly(next, within(1e-4));
            }
        }
        float[][] henon = open(new Henon(), setup).values()[1];
        float[][] logistic = open(new LogisticMap(), setup, "r=3.9").values()[1];
        for (int t = 1; t < 200; t++) {
            double x = henon[t][0];
            assertThat((double) henon[t + 1][0]).isEqualTo(1 - 1.4 * x * x + .3 * henon[t - 1][0], within(1e-5));
            assertThat((double) logistic[t + 1][0])
                    .isEqualTo(3.9 * logistic[t][0] * (1 - logistic[t][0]), within(1e-5));
        }
        assertThat(open(new Lorenz(), setup, "columns=z").values()[2][7][0]).isEqualTo(lorenz.values()[2][7][2]);
    }

    private static double[] point(Series series, int i, int t) {
        float[] row = series.values()[i][t];
        return new double[] {row[0], row[1], row[2]};
    }

    @Test
    void theLogisticMapKeepsMovingAndTheOrbitsStayOnTheirAttractors() {
        DataSetup setup = DataSetup.standard().withSeries(20).withLength(2000);
        double squares = 0;
        double sum = 0;
        for (float[][] each : open(new LogisticMap(), setup).values()) {
            for (float[] row : each) {
                sum += row[0] / (20.0 * each.length);
                squares += row[0] * row[0] / (20.0 * each.length);
            }
        }
        // With r = 4 the values have the arcsine distribution: mean 1/2, variance 1/8.
        assertThat(sum).isEqualTo(.5, within(.01));
        assertThat(squares - sum * sum).isEqualTo(.125, within(.003));
        double height = 0;
        for (float[][] each : open(new Lorenz(), setup).values()) {
            for (float[] row : each) {
                height += row[2] / (20.0 * each.length);
            }
        }
        assertThat(height).isEqualTo(23.55, within(.3));
    }

    @Test
    void armaAddsUpLagsAndShocks() {
        double[] x = Arma.process(new double[] {.5, -.2}, new double[] {.4}, 1, 1, 2, -1, .5);
        // 1 + 1; 1 + 2 + .5·2 + .4·1; 1 − 1 + .5·4.4 − .2·2 + .4·2; 1 + .5 + .5·2.6 − .2·4.4 − .4·1
        assertThat(x).containsExactly(new double[] {2, 4.4, 2.6, 1.52}, within(1e-12));
    }

    @Test
    void armaHasTheMomentsOfItsCoefficients() {
        DataSetup setup = DataSetup.standard().withSeries(100).withLength(1000);
        // ARMA(1,1) with mean c/(1−φ), variance (1 + 2φθ + θ²)/(1 − φ²), first autocovariance (1 + φθ)(φ + θ)/(1 − φ²).
        double mean = 0;
        double square = 0;
        double product = 0;
        float[][][] all = open(new Arma(), setup, "ar=0.6", "ma=0.3", "constant=2", "std=0.5")
                .values();
        for (float[][] each : all) {
            for (int t = 0; t < 1000; t++) {
                mean += each[t][0] / 1e5;
                square += (each[t][0] - 5) * (each[t][0] - 5) / 1e5;
                product += (each[t][0] - 5) * (each[t + 1][0] - 5) / 1e5;
            }
        }
        assertThat(mean).isEqualTo(5, within(.02));
        assertThat(square).isEqualTo(.25 * (1 + 2 * .18 + .09) / .64, within(.02));
        assertThat(product).isEqualTo(.25 * 1.18 * .9 / .64, within(.02));
    }

    @Test
    void onlyStationaryProcessesHaveASeries() {
        assertThat(Arma.stationary(1.79, -1.85, 1.27, -.41)).isTrue();
        assertThat(Arma.stationary(.999)).isTrue();
        assertThat(Arma.stationary(1)).isFalse();
        assertThat(Arma.stationary(1.2, -.5)).isTrue();
        assertThat(Arma.stationary(.6, .5)).isFalse(); // a root at z = 0.94
        assertThat(Arma.stationary(0, -1.1)).isFalse();
        assertThatThrownBy(() -> open(new Arma(), DataSetup.standard(), "ar=0.6,0.5"))
                .isInstanceOf(UsageException.class)
                .hasMessage("arma: ar=0.6,0.5 is not stationary, its values would grow without bound");
        assertThatThrownBy(() -> open(new Arma(), DataSetup.standard(), "ma=0.6;0.5"))
                .isInstanceOf(UsageException.class)
                .hasMessage("arma: ma=0.6;0.5 cannot be read, numbers separated by commas are needed");
        assertThatThrownBy(() -> open(new Henon(), DataSetup.standard(), "a=3"))
                .hasMessage("henon: values leave every bound with a = 3.0 and b = 0.3");
        assertThatThrownBy(() -> open(new Rossler(), DataSetup.standard(), "a=9"))
                .hasMessage("rossler: values leave every bound with these coefficients and steps of 0.01");
    }

    @Test
    void narma() {
        double[] u = new double[40];
        for (int k = 0; k < u.length; k++) {
            u[k] = .5 * (37 * k % 101) / 101;
        }
        double[] y = Narma10.system(u, false);
        assertThat(Arrays.copyOf(y, 12))
                .containsExactly(
                        new double[] {
                            .1, .1305, .1406540, .1448064, .1471776, .1490332, .1507620, .1524873, .1542506, .1560675,
                            .2490766, .2024964
                        },
                        within(1e-7));
        assertThat(y[19]).isEqualTo(.4722800, within(1e-7));
        assertThat(y[39]).isEqualTo(.4391799, within(1e-7));
        double[] squashed = Narma10.system(u, true);
        assertThat(squashed[0]).isEqualTo(Math.tanh(.1), within(1e-15));
        assertThat(squashed[1])
                .isEqualTo(Math.tanh(.3 * squashed[0] + .05 * squashed[0] * squashed[0] + .1), within(1e-15));
    }

    @Test
    void narmaIsAsHardForALinearForecastAsIsKnown() {
        DataSetup setup = DataSetup.standard()
                .withSeries(1)
                .withLength(8000)
                .withSplit(new Split(.02, .49))
                .withScaling(Scaling.NONE);
        Dataset data = Dataset.open(configured(new Narma10()), setup);
        List<BaselineResult> results = Baselines.of(data);
        assertThat(results).extracting(BaselineResult::name).containsExactly("mean", "linear");
        double deviation = Math.sqrt(results.get(0).test().mse());
        assertThat(deviation * deviation).isEqualTo(.0129, within(.0015));
        // 0.365 of the deviation with 31 delays; the best on the validation part has about as many.
        assertThat(results.get(1).test().rmse() / deviation).isEqualTo(.365, within(.03));
    }

    @Test
    void aWalkMovesByItsSteps() {
        DataSetup setup = DataSetup.standard().withSeries(50);
        double mean = 0;
        double square = 0;
        for (float[][] each :
                open(new RandomWalk(), setup, "drift=0.5", "std=2").values()) {
            assertThat(each[0][0]).isZero();
            for (int t = 0; t < 1000; t++) {
                double step = (double) each[t + 1][0] - each[t][0];
                mean += step / 50_000;
                square += (step - .5) * (step - .5) / 50_000;
            }
        }
        assertThat(mean).isEqualTo(.5, within(.03));
        assertThat(square).isEqualTo(4, within(.08));
        for (float[][] each :
                open(new RandomWalk(), setup, "steps=coin", "std=0.25").values()) {
            for (int t = 0; t < 1000; t++) {
                assertThat(Math.abs(each[t + 1][0] - each[t][0])).isEqualTo(.25f);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameSeriesAndEachSeriesIsItsOwn() {
        DataSetup setup = DataSetup.standard().withSeries(3).withLength(200);
        for (SeriesSource source : List.of(
                new Lorenz(),
                new Rossler(),
                new Henon(),
                new LogisticMap(),
                new Arma(),
                new Narma10(),
                new RandomWalk(),
                new Adding(),
                new CopyMemory(),
                new Parity())) {
            float[][][] first = open(source, setup).values();
            assertThat(open(source, setup).values())
                    .as(source.describe().name())
                    .isDeepEqualTo(first);
            assertThat(open(source, setup.withSeries(2)).values()[1]).isDeepEqualTo(first[1]);
            assertThat(Arrays.deepEquals(first[1], first[0])).isFalse();
            assertThat(Arrays.deepEquals(open(source, setup.withSeed(2)).values()[0], first[0]))
                    .isFalse();
        }
    }

    @Test
    void noiseIsAddedToEveryColumn() {
        DataSetup setup = DataSetup.standard().withSeries(1).withLength(300);
        float[][] plain = open(new Lorenz(), setup).values()[0];
        float[][] noisy =
                open(new Lorenz(), setup, "noise=true", "noise-range=0.5").values()[0];
        for (int column = 0; column < 3; column++) {
            double most = 0;
            for (int t = 0; t < 300; t++) {
                most = Math.max(most, Math.abs(noisy[t][column] - plain[t][column]));
            }
            assertThat(most).isBetween(.45, .5001);
        }
    }
}
