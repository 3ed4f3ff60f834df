package dev.rondo.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.BaselineResult;
import dev.rondo.core.data.Baselines;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks of memory, as their papers define them. */
final class TasksTest {
    private static final DataSetup MANY = DataSetup.standard().withSeries(200);

    @Test
    void addingMarksTwoNumbersAndWantsTheirSumAtTheEnd() {
        for (String markers : List.of("anywhere", "halves")) {
            Series series = SystemsTest.open(new Adding(), MANY, "steps=50", "markers=" + markers);
            assertThat(series.episode()).isEqualTo(50);
            assertThat(series.length()).isEqualTo(1000);
            assertThat(series.ahead()).isZero();
            for (int i = 0; i < series.count(); i++) {
                for (int first = 0; first < 1000; first += 50) {
                    double sum = 0;
                    int marked = 0;
                    int early = 0;
                    for (int t = first; t < first + 50; t++) {
                        float[] row = series.values()[i][t];
                        assertThat(row[0]).isBetween(0f, 1f);
                        sum += row[0] * row[1];
                        marked += (int) row[1];
                        early += t - first < 25 ? (int) row[1] : 0;
                        assertThat(series.counts(i, t)).isEqualTo(t == first + 49);
                    }
                    assertThat(marked).isEqualTo(2);
                    assertThat(early == 1 || markers.equals("anywhere")).isTrue();
                    assertThat((double) series.values()[i][first + 49][2]).isEqualTo(sum, within(1e-6));
                }
            }
        }
    }

    @Test
    void answeringOneCostsASixth() {
        Dataset data = Dataset.open(SystemsTest.configured(new Adding(), "steps=10"), MANY.withSeries(3000));
        BaselineResult mean = Baselines.of(data).get(0);
        assertThat(mean.name()).isEqualTo("mean");
        assertThat(mean.test().count()).isEqualTo(3000 * 20);
        assertThat(mean.test().mse()).isEqualTo(1 / 6.0, within(.002));
    }

    @Test
    void everyStepMayBeMarked() {
        Series series = SystemsTest.open(new Adding(), MANY, "steps=4");
        int[] marked = new int[4];
        for (float[][] each : series.values()) {
            for (int t = 0; t < 1000; t++) {
                marked[t % 4] += (int) each[t][1];
            }
        }
        // Half of all tasks mark each of the four steps.
        for (int count : marked) {
            assertThat(count / (200.0 * 250)).isEqualTo(.5, within(.01));
        }
    }

    @Test
    void copyMemoryWantsTheSymbolsAfterTheDelay() {
        Series series = SystemsTest.open(new CopyMemory(), MANY, "delay=30");
        assertThat(series.episode()).isEqualTo(50);
        assertThat(series.classCount("symbol")).isEqualTo(10);
        assertThat(series.classCount("recalled")).isEqualTo(10);
        int[] symbols = new int[10];
        for (float[][] each : series.values()) {
            for (int first = 0; first < 1000; first += 50) {
                for (int t = 0; t < 50; t++) {
                    float read = each[first + t][0];
                    float wanted = each[first + t][1];
                    if (t < 10) {
                        assertThat(read).isBetween(1f, 8f);
                        assertThat(each[first + 40 + t][1]).isEqualTo(read);
                        symbols[(int) read]++;
                    } else {
                        assertThat(read).isEqualTo(t < 39 ? 0 : 9);
                    }
                    if (t < 40) {
                        assertThat(wanted).isZero();
                    }
                }
            }
        }
        for (int symbol = 1; symbol <= 8; symbol++) {
            assertThat(symbols[symbol] / 40_000.0).isEqualTo(1 / 8.0, within(.006));
        }
        assertThat(series.counts(3, 0)).isTrue();
        Series scored = SystemsTest.open(new CopyMemory(), MANY, "delay=30", "score=symbols");
        for (int t = 0; t < 100; t++) {
            assertThat(scored.counts(3, t)).isEqualTo(t % 50 >= 40);
        }
    }

    @Test
    void parityIsWantedAtTheEndOrAtEveryBit() {
        Series last = SystemsTest.open(new Parity(), MANY, "bits=20");
        Series every = SystemsTest.open(new Parity(), MANY, "bits=20", "supervision=every");
        int odd = 0;
        for (int i = 0; i < 200; i++) {
            int parity = 0;
            for (int t = 0; t < 1000; t++) {
                parity = t % 20 == 0 ? 0 : parity;
                parity ^= (int) last.values()[i][t][0];
                assertThat(last.values()[i][t][1]).isEqualTo(parity);
                assertThat(last.counts(i, t)).isEqualTo(t % 20 == 19);
                assertThat(every.counts(i, t)).isTrue();
                odd += t % 20 == 19 ? parity : 0;
            }
        }
        assertThat(last.classes().get("parity")).containsExactly("even", "odd");
        assertThat(odd / 10_000.0).isEqualTo(.5, within(.02));
    }

    @Test
    void allLengthsOfStringsAreEquallyOften() {
        Series last = SystemsTest.open(new Parity(), MANY, "bits=5", "lengths=varying");
        Series every = SystemsTest.open(new Parity(), MANY, "bits=5", "lengths=varying", "supervision=every");
        int[] lengths = new int[6];
        for (int i = 0; i < 200; i++) {
            for (int first = 0; first < 1000; first += 5) {
                int end = 0;
                int scored = 0;
                for (int t = 0; t < 5; t++) {
                    end = last.counts(i, first + t) ? t + 1 : end;
                    scored += last.counts(i, first + t) ? 1 : 0;
                    assertThat(end == 0 || t < end || last.values()[i][first + t][0] == 0)
                            .isTrue();
                }
                assertThat(scored).isEqualTo(1);
                lengths[end]++;
                for (int t = 0; t < 5; t++) {
                    assertThat(every.counts(i, first + t)).isEqualTo(t < end);
                }
            }
        }
        for (int length = 1; length <= 5; length++) {
            assertThat(lengths[length] / 40_000.0).isEqualTo(.2, within(.01));
        }
    }

    @Test
    void aProductIsThatOfTwoIndependentNumbers() {
        Series series = SystemsTest.open(new Product(), MANY, "low=-1", "high=3");
        double[] moments = new double[3];
        for (float[][] rows : series.values()) {
            for (float[] row : rows) {
                assertThat(row[2]).isEqualTo(row[0] * row[1], within(1e-6f));
                moments[0] += row[0] / 200_000;
                moments[1] += row[1] / 200_000;
                moments[2] += row[2] / 200_000;
            }
        }
        assertThat(moments)
                .containsExactly(new double[] {1, 1, 1}, within(.02)); // of independent ones, E[xy] = E[x] E[y]
        assertThatThrownBy(() -> SystemsTest.open(new Product(), MANY, "low=2", "high=2"))
                .isInstanceOf(UsageException.class)
                .hasMessage("product: needs low below high");
    }

    @Test
    void aTaskLongerThanTheSeriesIsRefused() {
        assertThatThrownBy(() -> SystemsTest.open(new Adding(), DataSetup.standard(), "steps=1200"))
                .isInstanceOf(UsageException.class)
                .hasMessage("adding: each task takes 1200 steps, so series of 1000 steps hold none");
    }
}
