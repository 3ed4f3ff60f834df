package dev.rondo.verification.activations;

import static dev.rondo.verification.SmallCase.layer;
import static dev.rondo.verification.SmallCase.wrapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Activation;
import dev.rondo.plugins.activations.Bipolar;
import dev.rondo.plugins.activations.Elu;
import dev.rondo.plugins.activations.Identity;
import dev.rondo.plugins.activations.Isrlu;
import dev.rondo.plugins.activations.IsruSigmoid;
import dev.rondo.plugins.activations.IsruTanh;
import dev.rondo.plugins.activations.Relu;
import dev.rondo.plugins.activations.Sigmoid;
import dev.rondo.plugins.activations.SoftExponential;
import dev.rondo.plugins.activations.Tanh;
import dev.rondo.plugins.activations.TernaryTanh;
import dev.rondo.verification.SmallCase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Activations against a table of values and derivatives that numpy computed from the papers' formulas.
 *
 * <p>The seven points of the table are −3, −1, −0.5, 0, 0.5, 1 and 3.
 */
class ActivationTableTest {
    private static final double[] X = {-3, -1, -0.5, 0, 0.5, 1, 3};
    private static final Offset<Double> ROUNDED = within(1e-7);

    private static final List<Activation> ALL = List.of(
            new Sigmoid(),
            new Tanh(),
            new Relu(),
            new Identity(),
            new IsruTanh(),
            new IsruSigmoid(),
            new Isrlu(),
            new TernaryTanh(),
            new Elu());

    /** Name and option; f is the value, f' its derivative. */
    private static final String TABLE = """
            sigmoid              | f     |  0.0474259 |  0.2689414 |  0.3775407 |  0.5000000 |  0.6224593 |  0.7310586 |  0.9525741
            sigmoid              | f'    |  0.0451767 |  0.1966119 |  0.2350037 |  0.2500000 |  0.2350037 |  0.1966119 |  0.0451767
            tanh                 | f     | -0.9950548 | -0.7615942 | -0.4621172 |  0.0000000 |  0.4621172 |  0.7615942 |  0.9950548
            tanh                 | f'    |  0.0098660 |  0.4199743 |  0.7864477 |  1.0000000 |  0.7864477 |  0.4199743 |  0.0098660
            ReLU                 | f     |  0.0000000 |  0.0000000 |  0.0000000 |  0.0000000 |  0.5000000 |  1.0000000 |  3.0000000
            ReLU                 | f'    |  0.0000000 |  0.0000000 |  0.0000000 |  0.0000000 |  1.0000000 |  1.0000000 |  1.0000000
            identity             | f     | -3.0000000 | -1.0000000 | -0.5000000 |  0.0000000 |  0.5000000 |  1.0000000 |  3.0000000
            identity             | f'    |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000
            ISRU_tanh alpha=1    | f     | -0.9486833 | -0.7071068 | -0.4472136 |  0.0000000 |  0.4472136 |  0.7071068 |  0.9486833
            ISRU_tanh alpha=1    | f'    |  0.0316228 |  0.3535534 |  0.7155418 |  1.0000000 |  0.7155418 |  0.3535534 |  0.0316228
            ISRU_tanh alpha=3    | f     | -0.5669467 | -0.5000000 | -0.3779645 |  0.0000000 |  0.3779645 |  0.5000000 |  0.5669467
            ISRU_tanh alpha=3    | f'    |  0.0067494 |  0.1250000 |  0.4319594 |  1.0000000 |  0.4319594 |  0.1250000 |  0.0067494
            ISRU_sigmoid alpha=1 | f     |  0.0256584 |  0.1464466 |  0.2763932 |  0.5000000 |  0.7236068 |  0.8535534 |  0.9743416
            ISRU_sigmoid alpha=1 | f'    |  0.0158114 |  0.1767767 |  0.3577709 |  0.5000000 |  0.3577709 |  0.1767767 |  0.0158114
            ISRLU alpha=1        | f     | -0.9486833 | -0.7071068 | -0.4472136 |  0.0000000 |  0.5000000 |  1.0000000 |  3.0000000
            ISRLU alpha=1        | f'    |  0.0316228 |  0.3535534 |  0.7155418 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000
            ISRLU alpha=3        | f     | -0.5669467 | -0.5000000 | -0.3779645 |  0.0000000 |  0.5000000 |  1.0000000 |  3.0000000
            ISRLU alpha=3        | f'    |  0.0067494 |  0.1250000 |  0.4319594 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000
            TernaryTanh          | f     | -0.9925821 | -0.6448639 | -0.2406016 |  0.0000000 |  0.2406016 |  0.6448639 |  0.9925821
            TernaryTanh          | f'    |  0.0147990 |  0.6151625 |  0.9086116 |  0.0000000 |  0.9086116 |  0.6151625 |  0.0147990
            """;

    /** −f(−x), as odd units see it. */
    private static final String MIRRORED = """
            ELU                  | f     | -3.0000000 | -1.0000000 | -0.5000000 |  0.0000000 |  0.3934693 |  0.6321206 |  0.9502129
            ELU                  | f'    |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  0.6065307 |  0.3678794 |  0.0497871
            ReLU                 | f     | -3.0000000 | -1.0000000 | -0.5000000 |  0.0000000 |  0.0000000 |  0.0000000 |  0.0000000
            ReLU                 | f'    |  1.0000000 |  1.0000000 |  1.0000000 |  0.0000000 |  0.0000000 |  0.0000000 |  0.0000000
            sigmoid              | f     | -0.9525741 | -0.7310586 | -0.6224593 | -0.5000000 | -0.3775407 | -0.2689414 | -0.0474259
            sigmoid              | f'    |  0.0451767 |  0.1966119 |  0.2350037 |  0.2500000 |  0.2350037 |  0.1966119 |  0.0451767
            """;

    /** For each α the value, the derivative by x and the derivative by α; nan is left of the domain. */
    private static final String SOFT_EXPONENTIAL = """
            -1                   | f     |        nan |        nan |        nan |        nan | -0.6931472 |  0.0000000 |  1.0986123
            -1                   | f'    |        nan |        nan |        nan |        nan |  2.0000000 |  1.0000000 |  0.3333333
            -1                   | df/da |        nan |        nan |        nan |        nan |  2.3068528 |  1.0000000 |  0.7652790
            -0.5                 | f     |        nan | -2.7725887 | -1.3862944 | -0.5753641 |  0.0000000 |  0.4462871 |  1.6218604
            -0.5                 | f'    |        nan |  4.0000000 |  2.0000000 |  1.3333333 |  1.0000000 |  0.8000000 |  0.4444444
            -0.5                 | df/da |        nan | 10.4548226 |  3.2274113 |  1.5159384 |  1.0000000 |  0.8925742 |  1.4659431
            0                    | f     | -3.0000000 | -1.0000000 | -0.5000000 |  0.0000000 |  0.5000000 |  1.0000000 |  3.0000000
            0                    | f'    |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000
            0                    | df/da |  5.5000000 |  1.5000000 |  1.1250000 |  1.0000000 |  1.1250000 |  1.5000000 |  5.5000000
            0.5                  | f     | -1.0537397 | -0.2869387 |  0.0576016 |  0.5000000 |  1.0680508 |  1.7974425 |  7.4633781
            0.5                  | f'    |  0.2231302 |  0.6065307 |  0.7788008 |  1.0000000 |  1.2840254 |  1.6487213 |  4.4816891
            0.5                  | df/da |  2.7686984 |  1.3608160 |  1.1059961 |  1.0000000 |  1.1479237 |  1.7025575 | 13.9633781
            1                    | f     |  0.0497871 |  0.3678794 |  0.6065307 |  1.0000000 |  1.6487213 |  2.7182818 | 20.0855369
            1                    | f'    |  0.0497871 |  0.3678794 |  0.6065307 |  1.0000000 |  1.6487213 |  2.7182818 | 20.0855369
            1                    | df/da |  1.8008517 |  1.2642411 |  1.0902040 |  1.0000000 |  1.1756394 |  2.0000000 | 42.1710738
            -0.001               | df/da |  5.5240896 |  1.5026719 |  1.1260856 |  1.0000015 |  1.1239190 |  1.4973386 |  5.4760889
            0.001                | df/da |  5.4910101 |  1.4996668 |  1.1249583 |  1.0000000 |  1.1250417 |  1.5003335 |  5.5090101
            """;

    private record Row(String label, String kind, double[] values) {
        @Override
        public String toString() {
            return label + " " + kind;
        }
    }

    private static Stream<Row> rows(String table) {
        return table.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Row(
                        cells[0].trim(),
                        cells[1].trim(),
                        Arrays.stream(cells, 2, cells.length)
                                .mapToDouble(cell ->
                                        cell.trim().equals("nan") ? Double.NaN : Double.parseDouble(cell.trim()))
                                .toArray()));
    }

    static Stream<Row> table() {
        return rows(TABLE);
    }

    static Stream<Row> mirrored() {
        return rows(MIRRORED);
    }

    static Stream<Row> softExponential() {
        return rows(SOFT_EXPONENTIAL);
    }

    private static Activation named(String name) {
        return ALL.stream()
                .filter(each -> each.describe().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double[] ask(SmallCase activation, String kind, double... x) {
        double[][] input = {x};
        return switch (kind) {
            case "f" -> activation.run(input)[0];
            case "exact f" -> activation.exact(input)[0];
            case "f'" -> activation.slopeByInput(input)[0];
            default -> activation.slopeByParameters(input)[0];
        };
    }

    @ParameterizedTest
    @MethodSource
    void table(Row row) {
        String[] words = row.label().split(" ");
        String[] options = Arrays.copyOfRange(words, 1, words.length);
        SmallCase activation = SmallCase.of(layer(named(words[0]), 0, options), X.length);
        assertThat(ask(activation, row.kind(), X)).containsExactly(row.values(), ROUNDED);
    }

    /** Each point stands in an even and in an odd unit: the even ones keep the function, the odd ones mirror it. */
    @ParameterizedTest
    @MethodSource
    void mirrored(Row row) {
        SmallCase bipolar = SmallCase.of(wrapped(new Bipolar(), layer(named(row.label()), 0)), 2 * X.length);
        SmallCase plain = SmallCase.of(layer(named(row.label()), 0), X.length);
        double[] doubled = new double[2 * X.length];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = X[i / 2];
        }
        double[] got = ask(bipolar, row.kind(), doubled);
        double[] even = ask(plain, row.kind(), X);
        for (int i = 0; i < X.length; i++) {
            assertThat(got[2 * i]).isCloseTo(even[i], within(1e-12));
            assertThat(got[2 * i + 1]).isCloseTo(row.values()[i], ROUNDED);
        }
    }

    @Test
    void bipolarChangesNoOddFunctionAndUndoesItself() {
        SmallCase once = SmallCase.of(wrapped(new Bipolar(), layer(new TernaryTanh(), 0)), X.length);
        SmallCase twice = SmallCase.of(wrapped(new Bipolar(), wrapped(new Bipolar(), layer(new Relu(), 0))), X.length);
        assertThat(ask(once, "f", X))
                .containsExactly(ask(SmallCase.of(layer(new TernaryTanh(), 0), 7), "f", X), within(1e-15));
        assertThat(ask(twice, "f", X)).containsExactly(ask(SmallCase.of(layer(new Relu(), 0), 7), "f", X), within(0.0));
    }

    @ParameterizedTest
    @MethodSource
    void softExponential(Row row) {
        double alpha = Double.parseDouble(row.label());
        double[] got = ask(soft(alpha, X.length), row.kind(), X);
        for (int i = 0; i < X.length; i++) {
            if (Double.isNaN(row.values()[i])) {
                assertThat(got[i]).as("x = %s, left of the domain", X[i]).isFinite();
            } else {
                assertThat(got[i]).as("x = %s", X[i]).isCloseTo(row.values()[i], ROUNDED);
            }
        }
    }

    /** Left of 1 − α (x + α) = 0.001 the logarithm goes on as a line with the slope that it has there, 1000. */
    @Test
    void softExponentialGoesOnAsItsTangent() {
        double alpha = -0.5;
        double border = (1 - 1e-3) / alpha - alpha;
        SmallCase soft = soft(alpha, 2);
        double atBorder = -Math.log(1e-3) / alpha;
        assertThat(ask(soft, "exact f", border, border - 2))
                .containsExactly(new double[] {atBorder, atBorder - 2000}, within(1e-6));
        assertThat(ask(soft, "f'", border - 1e-9, border - 2)).containsExactly(new double[] {1000, 1000}, within(1e-2));
    }

    /** Over the borders of the series near α = 0, values and both derivatives go on without a jump. */
    @ParameterizedTest
    @ValueSource(doubles = {-1e-3, -1e-7, 0, 1e-7, 1e-3})
    void softExponentialIsContinuousInAlpha(double alpha) {
        SmallCase before = soft(Math.nextDown(alpha), X.length);
        SmallCase after = soft(Math.nextUp(alpha), X.length);
        assertThat(ask(before, "f", X)).containsExactly(ask(after, "f", X), within(1e-7));
        assertThat(ask(before, "f'", X)).containsExactly(ask(after, "f'", X), within(1e-6));
        assertThat(ask(before, "df/da", X)).containsExactly(ask(after, "df/da", X), within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.3, -1e-4, 0, 1e-4, 0.3, 1})
    void softExponentialStaysFinite(double alpha) {
        double[] far = {-1e30, -1e6, -100, -0.0, 100, 1e6, 1e30};
        for (String kind : List.of("exact f", "f'", "df/da")) {
            for (double value : ask(soft(alpha, far.length), kind, far)) {
                assertThat(value).as("%s at α = %s", kind, alpha).isFinite();
            }
        }
        for (float value : soft(alpha, far.length).floats(new double[][] {far})) {
            assertThat(value).as("in float at α = %s", alpha).isFinite();
        }
    }

    private static SmallCase soft(double alpha, int width) {
        double[] alphas = new double[width];
        Arrays.fill(alphas, alpha);
        return SmallCase.of(layer(new SoftExponential(), 0), width).with("alpha", alphas);
    }

    /** With the input halved the slope at 0 is the logistic function's, and the distance from it at most 0.037. */
    @Test
    void isruSigmoidWithHalfTheInput() {
        SmallCase isru = SmallCase.of(layer(new IsruSigmoid(), 0, "scale=0.5"), 1);
        assertThat(ask(isru, "f'", 0)[0]).isEqualTo(0.25);
        double most = 0;
        for (double x = -10; x <= 10; x += 0.01) {
            most = Math.max(most, Math.abs(ask(isru, "f", x)[0] - 1 / (1 + Math.exp(-x))));
        }
        assertThat(most).isBetween(0.036, 0.0375);
    }
}
