package dev.rondo.verification.activations;

import static dev.rondo.verification.SmallCase.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.UsageException;
import dev.rondo.plugins.activations.Elu;
import dev.rondo.plugins.activations.Gelu;
import dev.rondo.plugins.activations.HardSigmoid;
import dev.rondo.plugins.activations.HardSwish;
import dev.rondo.plugins.activations.HardTanh;
import dev.rondo.plugins.activations.Isrlu;
import dev.rondo.plugins.activations.IsruSigmoid;
import dev.rondo.plugins.activations.IsruTanh;
import dev.rondo.plugins.activations.LeakyRelu;
import dev.rondo.plugins.activations.Mish;
import dev.rondo.plugins.activations.NoisyHardSigmoid;
import dev.rondo.plugins.activations.NoisyHardTanh;
import dev.rondo.plugins.activations.Selu;
import dev.rondo.plugins.activations.Silu;
import dev.rondo.plugins.activations.Softplus;
import dev.rondo.plugins.activations.Softsign;
import dev.rondo.testkit.Draws;
import dev.rondo.verification.SmallCase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The common and the noisy activations against values and derivatives that numpy computed from their formulas.
 *
 * <p>The seven points of the tables are −3, −1, −0.5, 0, 0.5, 1 and 3.
 */
class CommonActivationsTest {
    private static final double[] X = {-3, -1, -0.5, 0, 0.5, 1, 3};

    private static final List<Activation> ALL = List.of(
            new LeakyRelu(),
            new Elu(),
            new Selu(),
            new Gelu(),
            new Silu(),
            new Mish(),
            new Softplus(),
            new Softsign(),
            new HardSigmoid(),
            new HardTanh(),
            new HardSwish(),
            new NoisyHardTanh(),
            new NoisyHardSigmoid());

    private static final String TABLE = """
            LeakyReLU                | f  | -0.0300000 | -0.0100000 | -0.0050000 |  0.0000000 |  0.5000000 |  1.0000000 |  3.0000000
            LeakyReLU                | f' |  0.0100000 |  0.0100000 |  0.0100000 |  0.0100000 |  1.0000000 |  1.0000000 |  1.0000000
            ELU                      | f  | -0.9502129 | -0.6321206 | -0.3934693 |  0.0000000 |  0.5000000 |  1.0000000 |  3.0000000
            ELU                      | f' |  0.0497871 |  0.3678794 |  0.6065307 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000
            SELU                     | f  | -1.6705687 | -1.1113307 | -0.6917582 |  0.0000000 |  0.5253505 |  1.0507010 |  3.1521030
            SELU                     | f' |  0.0875306 |  0.6467686 |  1.0663412 |  1.7580993 |  1.0507010 |  1.0507010 |  1.0507010
            GELU                     | f  | -0.0040497 | -0.1586553 | -0.1542688 |  0.0000000 |  0.3457312 |  0.8413447 |  2.9959503
            GELU                     | f' | -0.0119456 | -0.0833155 |  0.1325049 |  0.5000000 |  0.8674951 |  1.0833155 |  1.0119456
            GELU form=tanh           | f  | -0.0036374 | -0.1588080 | -0.1542860 |  0.0000000 |  0.3457140 |  0.8411920 |  2.9963626
            GELU form=tanh           | f' | -0.0115842 | -0.0829641 |  0.1326301 |  0.5000000 |  0.8673699 |  1.0829641 |  1.0115842
            SiLU                     | f  | -0.1422776 | -0.2689414 | -0.1887703 |  0.0000000 |  0.3112297 |  0.7310586 |  2.8577224
            SiLU                     | f' | -0.0881041 |  0.0723295 |  0.2600388 |  0.5000000 |  0.7399612 |  0.9276705 |  1.0881041
            Mish                     | f  | -0.1456475 | -0.3034015 | -0.2207438 |  0.0000000 |  0.3752452 |  0.8650984 |  2.9865350
            Mish                     | f' | -0.0933931 |  0.0592168 |  0.2895107 |  0.6000000 |  0.8864244 |  1.0490362 |  1.0211069
            Softplus                 | f  |  0.0485874 |  0.3132617 |  0.4740770 |  0.6931472 |  0.9740770 |  1.3132617 |  3.0485874
            Softplus                 | f' |  0.0474259 |  0.2689414 |  0.3775407 |  0.5000000 |  0.6224593 |  0.7310586 |  0.9525741
            Softsign                 | f  | -0.7500000 | -0.5000000 | -0.3333333 |  0.0000000 |  0.3333333 |  0.5000000 |  0.7500000
            Softsign                 | f' |  0.0625000 |  0.2500000 |  0.4444444 |  1.0000000 |  0.4444444 |  0.2500000 |  0.0625000
            HardSigmoid              | f  |  0.0000000 |  0.3333333 |  0.4166667 |  0.5000000 |  0.5833333 |  0.6666667 |  1.0000000
            HardSigmoid              | f' |  0.0000000 |  0.1666667 |  0.1666667 |  0.1666667 |  0.1666667 |  0.1666667 |  0.0000000
            HardSigmoid slope=fifth  | f  |  0.0000000 |  0.3000000 |  0.4000000 |  0.5000000 |  0.6000000 |  0.7000000 |  1.0000000
            HardSigmoid slope=fifth  | f' |  0.0000000 |  0.2000000 |  0.2000000 |  0.2000000 |  0.2000000 |  0.2000000 |  0.0000000
            HardSigmoid slope=quarter | f  |  0.0000000 |  0.2500000 |  0.3750000 |  0.5000000 |  0.6250000 |  0.7500000 |  1.0000000
            HardSigmoid slope=quarter | f' |  0.0000000 |  0.2500000 |  0.2500000 |  0.2500000 |  0.2500000 |  0.2500000 |  0.0000000
            HardTanh                 | f  | -1.0000000 | -1.0000000 | -0.5000000 |  0.0000000 |  0.5000000 |  1.0000000 |  1.0000000
            HardTanh                 | f' |  0.0000000 |  0.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  0.0000000 |  0.0000000
            HardSwish                | f  |  0.0000000 | -0.3333333 | -0.2083333 |  0.0000000 |  0.2916667 |  0.6666667 |  3.0000000
            HardSwish                | f' |  0.0000000 |  0.1666667 |  0.3333333 |  0.5000000 |  0.6666667 |  0.8333333 |  1.0000000
            """;

    /** In evaluation, where the noise is its mean, with p = 1. */
    private static final String NOISY = """
            NoisyHardTanh                      | f  | -0.7000000 | -1.0000000 | -0.5000000 |  0.0000000 |  0.5000000 |  1.0000000 |  0.7000000
            NoisyHardTanh                      | f' | -0.1500000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 | -0.1500000
            NoisyHardTanh half=true            | f  | -0.7578492 | -1.0000000 | -0.5000000 |  0.0000000 |  0.5000000 |  1.0000000 |  0.7578492
            NoisyHardTanh half=true            | f' | -0.1180996 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 | -0.1180996
            NoisyHardTanh half=true alpha=0.9  | f  | -1.1421508 | -1.0000000 | -0.5000000 |  0.0000000 |  0.5000000 |  1.0000000 |  1.1421508
            NoisyHardTanh half=true alpha=0.9  | f' |  0.0680996 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  1.0000000 |  0.0680996
            NoisyHardSigmoid                   | f  |  0.0245373 |  0.2500000 |  0.3750000 |  0.5000000 |  0.6250000 |  0.7500000 |  0.9754627
            NoisyHardSigmoid                   | f' | -0.0240842 |  0.2500000 |  0.2500000 |  0.2500000 |  0.2500000 |  0.2500000 | -0.0240842
            """;

    private static Stream<Arguments> rows(String table) {
        return table.lines().map(line -> {
            String[] cells = line.split("\\|");
            double[] values = Arrays.stream(cells, 2, cells.length)
                    .mapToDouble(cell -> Double.parseDouble(cell.trim()))
                    .toArray();
            return Arguments.of(cells[0].trim(), cells[1].trim(), values);
        });
    }

    static Stream<Arguments> table() {
        return rows(TABLE);
    }

    static Stream<Arguments> noisy() {
        return rows(NOISY);
    }

    private static SmallCase use(String label, int width) {
        String[] words = label.split(" ");
        Activation activation = ALL.stream()
                .filter(each -> each.describe().name().equals(words[0]))
                .findFirst()
                .orElseThrow();
        return SmallCase.of(layer(activation, 0, Arrays.copyOfRange(words, 1, words.length)), width);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void table(String label, String kind, double[] values) {
        SmallCase activation = use(label, X.length);
        double[][] x = {X};
        double[] got = kind.equals("f") ? activation.run(x)[0] : activation.slopeByInput(x)[0];
        assertThat(got).containsExactly(values, within(1e-7));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void noisy(String label, String kind, double[] values) {
        SmallCase activation = use(label, X.length).with("p", 1, 1, 1, 1, 1, 1, 1);
        double[][] x = {X};
        double[] got = kind.equals("f") ? activation.run(x)[0] : activation.slopeByInput(x)[0];
        assertThat(got).containsExactly(values, within(1e-7));
    }

    /** In training the noise is drawn; it stands where the function is saturated, whatever p is. */
    @ParameterizedTest
    @ValueSource(strings = {"NoisyHardTanh", "NoisyHardSigmoid"})
    void noiseInTraining(String name) {
        boolean tanh = name.equals("NoisyHardTanh");
        SmallCase activation = use(name, X.length);
        Draws draws = (node, step, row, unit) -> 0.25 * unit - 1;
        double[] got = activation.train(new double[][] {X}, draws)[0];
        double a = tanh ? 1.15 : 1.1;
        for (int i = 0; i < X.length; i++) {
            double u = tanh ? X[i] : 0.25 * X[i] + 0.5;
            double h = Math.max(tanh ? -1 : 0, Math.min(1, u));
            double gate = 1 / (1 + Math.exp(-activation.at("p", i) * (h - u))) - 0.5;
            double noise = Math.signum(X[i]) * (tanh ? 0.5 : 0.15) * gate * gate * (0.25 * i - 1);
            assertThat(got[i]).isCloseTo(a * h + (1 - a) * u + noise, within(1e-12));
        }
    }

    /** p learns: ∂y/∂p = d ξ 2c (σ − ½) σ (1 − σ) Δ, with ξ at its mean √(2/π). */
    @Test
    void noiseScaleLearns() {
        SmallCase activation = use("NoisyHardSigmoid", 1).with("p", 1.5);
        double delta = 0 - (0.25 * -3 + 0.5);
        double gate = 1 / (1 + Math.exp(-1.5 * delta));
        double expected = -1 * Math.sqrt(2 / Math.PI) * 2 * 0.15 * (gate - 0.5) * gate * (1 - gate) * delta;
        assertThat(activation.slopeByParameters(new double[][] {{-3}})[0][0]).isCloseTo(expected, within(1e-12));
    }

    /** ∂/∂α of x/√(1 + αx²) is −½ x³ (1 + αx²)^(−3/2); of the others what follows from it. */
    @Test
    void isruAlphaLearns() {
        double alpha = 2;
        for (double x : new double[] {-3, -0.5, 0.5, 3}) {
            double slope = -0.5 * x * x * x * Math.pow(1 + alpha * x * x, -1.5);
            assertThat(byAlpha(new IsruTanh(), x, alpha)).isCloseTo(slope, within(1e-12));
            assertThat(byAlpha(new IsruSigmoid(), x, alpha)).isCloseTo(slope / 2, within(1e-12));
            assertThat(byAlpha(new Isrlu(), x, alpha)).isCloseTo(x < 0 ? slope : 0, within(1e-12));
        }
    }

    private static double byAlpha(Activation activation, double x, double alpha) {
        SmallCase use = SmallCase.of(layer(activation, 0, "learnable=true"), 1).with("alpha", alpha);
        return use.slopeByParameters(new double[][] {{x}})[0][0];
    }

    @Test
    void farAwayValuesStayWhatTheyAre() {
        assertThat(use("Softplus", 1).exact(new double[][] {{1000}})[0]).containsExactly(1000);
        assertThat(use("ELU", 1).exact(new double[][] {{-1000}})[0]).containsExactly(-1);
        assertThat(use("GELU", 1).exact(new double[][] {{-1000}})[0][0]).isZero();
        for (String name : List.of("SiLU", "Mish", "Softplus", "ELU", "SELU", "GELU", "Softsign", "HardSwish")) {
            for (float value : use(name, 2).floats(new double[][] {{-1e6, 1e6}})) {
                assertThat(value).as(name).isFinite();
            }
        }
    }

    @Test
    void boundsOfHardTanhHaveToBeInOrder() {
        assertThatThrownBy(() -> use("HardTanh low=2 high=1", 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("needs low below high");
    }
}
