package dev.rondo.verification.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.UsageException;
import dev.rondo.plugins.optim.AdaDelta;
import dev.rondo.plugins.optim.AdaGrad;
import dev.rondo.plugins.optim.Adafactor;
import dev.rondo.plugins.optim.Adam;
import dev.rondo.plugins.optim.AdamHd;
import dev.rondo.plugins.optim.AdamW;
import dev.rondo.plugins.optim.Adamax;
import dev.rondo.plugins.optim.Adine;
import dev.rondo.plugins.optim.AmsGrad;
import dev.rondo.plugins.optim.DAdaptation;
import dev.rondo.plugins.optim.Lamb;
import dev.rondo.plugins.optim.Lion;
import dev.rondo.plugins.optim.Muon;
import dev.rondo.plugins.optim.NAdam;
import dev.rondo.plugins.optim.PowerSign;
import dev.rondo.plugins.optim.Prodigy;
import dev.rondo.plugins.optim.RAdam;
import dev.rondo.plugins.optim.RmsProp;
import dev.rondo.plugins.optim.ScheduleFreeAdamW;
import dev.rondo.plugins.optim.ScheduleFreeSgd;
import dev.rondo.plugins.optim.SgdHd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Optimisers against numbers that numpy computed in double precision from the papers' formulas.
 *
 * <p>Problem G: θ₀ = (1, −2) and the gradients (0.5, −1), (0.25, 2), (−0.75, 0.1), over and over. Problem Q: down
 * f(θ) = ½ (θ₁² + 10 θ₂²) from (1, 0.5). Problem W: one matrix of two rows and two gradients.
 */
class OptimizerVectorsTest {
    private static final double[] START = {1, -2};
    private static final double[][] GRADIENTS = {{0.5, -1}, {0.25, 2}, {-0.75, 0.1}};
    private static final double[] MATRIX = {1, -2, 0.5, 3};
    private static final double[][] MATRIX_GRADIENTS = {{0.1, -0.2, 0.3, 0.4}, {-0.5, 0.1, 0.2, -0.3}};

    private static final List<Optimizer> ALL = List.of(
            new AdaGrad(),
            new RmsProp(),
            new AdaDelta(),
            new Adam(),
            new AmsGrad(),
            new AdamW(),
            new NAdam(),
            new Adamax(),
            new Lion(),
            new PowerSign(),
            new Adafactor(),
            new Lamb());

    /** Problem G: class, options, θ after one, two and three steps; the same for one vector and for two numbers. */
    private static final String TABLE = """
            AdaGrad                          | AdaGrad    | lr=0.1                               | 0.9000000 | -1.9000000 | 0.8552786 | -1.9894427 | 0.9354570 | -1.9939104
            AdaGrad with a start             | AdaGrad    | lr=0.1 initial=0.1                   | 0.9154846 | -1.9046537 | 0.8765596 | -1.9932152 | 0.9525151 | -1.9976390
            AdaGrad with decay               | AdaGrad    | lr=0.1 decay=0.5                     | 0.9000000 | -1.9000000 | 0.8701858 | -1.9596285 | 0.9102749 | -1.9618623
            RMSProp                          | RmsProp    | lr=0.01                              | 0.9000000 | -1.9000000 | 0.8550987 | -1.9895323 | 0.9355349 | -1.9940269
            RMSProp, centred                 | RmsProp    | lr=0.01 centered=true                | 0.8994962 | -1.8994962 | 0.8541875 | -1.9891202 | 0.9346237 | -1.9936203
            RMSProp with momentum            | RmsProp    | lr=0.01 momentum=0.9                 | 0.9000000 | -1.9000000 | 0.7650987 | -1.8995323 | 0.7241237 | -1.9036060
            RMSProp, centred, with momentum  | RmsProp    | lr=0.01 centered=true momentum=0.9   | 0.8994962 | -1.8994962 | 0.7637341 | -1.8986668 | 0.7219844 | -1.9024204
            RMSProp, ε outside               | RmsProp    | lr=0.01 alpha=0.9 eps=0.01           | 0.9702583 | -1.9693466 | 0.9563352 | -1.9975156 | 0.9816239 | -1.9989974
            RMSProp, ε inside                | RmsProp    | lr=0.01 alpha=0.9 eps=0.01 eps-inside=true | 0.9732739 | -1.9698489 | 0.9605739 | -1.9981331 | 0.9852838 | -1.9996205
            AdaDelta                         | AdaDelta   | lr=1                                 | 0.9968378 | -1.9968377 | 0.9947527 | -2.0008783 | 0.9987516 | -2.0011610
            AdaDelta, half the rate          | AdaDelta   | lr=0.5 rho=0.95                      | 0.9977640 | -1.9977640 | 0.9963207 | -2.0006066 | 0.9991231 | -2.0008011
            Adam with weight decay           | Adam       | lr=0.1 weight-decay=0.1              | 0.9000000 | -1.9000000 | 0.8050098 | -1.9250179 | 0.7968643 | -1.9416189
            Adam, ε hat                      | Adam       | lr=0.1 eps=0.1 eps-hat=true          | 0.9863473 | -1.9759747 | 0.9723487 | -1.9911383 | 0.9742196 | -2.0040347
            AMSGrad, b2 = 0.5                | AmsGrad    | lr=0.1 b2=0.5 | 0.9000000 | -1.9000000 | 0.8097556 | -1.9334255 | 0.8169866 | -1.9585080
            AMSGrad, b2 = 0.9                | AmsGrad    | lr=0.1 b2=0.9 | 0.9000000 | -1.9000000 | 0.8052886 | -1.9360510 | 0.8133323 | -1.9659629
            AdamW                            | AdamW      | lr=0.1 weight-decay=0.1              | 0.8900000 | -1.8800000 | 0.7878820 | -1.8978104 | 0.7882009 | -1.9099596
            AdamW, much decay                | AdamW      | lr=0.01 weight-decay=0.5             | 0.9850000 | -1.9800000 | 0.9707532 | -1.9737610 | 0.9667192 | -1.9670050
            NAdam                            | NAdam      | lr=0.1                               | 0.8943548 | -1.8943548 | 0.8419625 | -1.9850106 | 0.9270034 | -1.9936535
            NAdam, simplified                | NAdam      | lr=0.1 simplified=true               | 0.8526316 | -1.8526316 | 0.7605193 | -1.9422969 | 0.8175687 | -1.9672286
            Adamax                           | Adamax     | lr=0.1                               | 0.9000000 | -1.9000000 | 0.8262420 | -1.9289474 | 0.8321461 | -1.9490782
            Adamax, b2 = 0.5                 | Adamax     | lr=0.1 b2=0.5                        | 0.9000000 | -1.9000000 | 0.7526316 | -1.9289474 | 0.7585356 | -1.9691688
            Lion                             | Lion       | lr=0.01 weight-decay=0.1             | 0.9890000 | -1.9880000 | 0.9780110 | -1.9960120 | 0.9870330 | -2.0040160
            Lion without decay               | Lion       | lr=0.1                               | 0.9000000 | -1.9000000 | 0.8000000 | -2.0000000 | 0.9000000 | -2.1000000
            PowerSign                        | PowerSign  | lr=0.1                               | 0.8640859 | -1.7281718 | 0.7961289 | -2.2718282 | 1.0000000 | -2.2990110
            """;

    /** Problem G for methods whose step depends on the whole parameter. */
    private static final String WHOLE = """
            Adafactor                        | Adafactor  |                                      | 0.9841886 | -1.9841886 | 0.9738096 | -2.0031703 | 0.9947963 | -2.0044168
            LAMB                             | Lamb       | lr=0.1 weight-decay=0.01             | 0.8426670 | -1.8411091 | 0.6527480 | -1.9113122 | 0.7032492 | -2.1068668
            LAMB without decay               | Lamb       | lr=0.01 weight-decay=0               | 0.9841886 | -1.9841886 | 0.9635729 | -1.9922852 | 0.9692090 | -2.0136862
            """;

    private static Stream<Arguments> rows(String table) {
        return table.lines().map(line -> {
            String[] cells = line.split("\\|");
            double[] values = Arrays.stream(cells, 3, cells.length)
                    .mapToDouble(cell -> Double.parseDouble(cell.trim()))
                    .toArray();
            return Arguments.of(cells[0].trim(), named(cells[1].trim()), options(cells[2].trim()), values);
        });
    }

    private static Optimizer named(String type) {
        return ALL.stream()
                .filter(each -> each.getClass().getSimpleName().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
            options.put(each.split("=")[0], each.split("=")[1]);
        }
        return options;
    }

    static Stream<Arguments> table() {
        return rows(TABLE);
    }

    static Stream<Arguments> whole() {
        return rows(WHOLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void table(String name, Optimizer optimizer, Map<String, String> options, double[] expected) {
        follow(Course.vector(optimizer, options, START), expected);
        follow(Course.numbers(optimizer, options, START), expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whole(String name, Optimizer optimizer, Map<String, String> options, double[] expected) {
        follow(Course.vector(optimizer, options, START), expected);
    }

    private static void follow(Course course, double... expected) {
        for (int t = 0; 2 * t < expected.length; t++) {
            near(course.step(GRADIENTS[t % 3]), expected[2 * t], expected[2 * t + 1]);
        }
    }

    private static void near(double[] got, double... expected) {
        assertThat(got).containsExactly(expected, within(1e-6));
    }

    /** The mean square comes in at the sixth step, where ρ passes 5. */
    @Test
    void rAdam() {
        Course course = Course.vector(new RAdam(), Map.of("lr", "0.1"), START);
        double[][] expected = {
            {0.95, -1.9},
            {},
            {0.9175859, -1.9981161},
            {},
            {0.8914672, -2.0459849},
            {0.8916789, -2.0467887},
            {0.8913112, -2.0471369},
            {0.8905986, -2.0484405}
        };
        for (int t = 0; t < expected.length; t++) {
            double[] got = course.step(GRADIENTS[t % 3]);
            if (expected[t].length > 0) {
                near(got, expected[t]);
            }
        }
    }

    @Test
    void sgdHd() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.01");
        double[] rates = {0.1, 0.08125, 0.081375};
        hyper(new SgdHd(), options, rates, 0.95, -1.9, 0.9296875, -2.0625, 0.9907187, -2.0706375);
    }

    @Test
    void sgdnHd() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.01", "momentum", "0.9", "nesterov", "true");
        double[] rates = {0.1, 0.064375, 0.060765};
        hyper(new SgdHd(), options, rates, 0.905, -1.81, 0.84835, -2.0024813, 0.9004864, -2.0681682);
    }

    @Test
    void sgdHdByAFactor() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.02", "multiplicative", "true");
        double[] rates = {0.1, 0.098335899, 0.098352020};
        hyper(new SgdHd(), options, rates, 0.95, -1.9, 0.925416, -2.0966718, 0.99918, -2.106507);
    }

    @Test
    void sgdnHdByAFactor() {
        Map<String, String> options = new LinkedHashMap<>(Map.of("lr", "0.1", "hyper-lr", "0.02"));
        options.putAll(Map.of("multiplicative", "true", "momentum", "0.9", "nesterov", "true"));
        double[] rates = {0.1, 0.098335899, 0.098034841};
        hyper(new SgdHd(), options, rates, 0.905, -1.81, 0.8184644, -2.1040243, 0.9025783, -2.21);
    }

    private static void hyper(Optimizer optimizer, Map<String, String> options, double[] rates, double... expected) {
        for (Course course :
                List.of(Course.vector(optimizer, options, START), Course.numbers(optimizer, options, START))) {
            for (int t = 0; t < rates.length; t++) {
                near(course.step(GRADIENTS[t]), expected[2 * t], expected[2 * t + 1]);
                assertThat(course.number("shared/eta")).isCloseTo(rates[t], within(1e-7));
            }
        }
    }

    @Test
    void hypergradientsOfMomentumNeedOne() {
        assertThatThrownBy(() -> Course.vector(new SgdHd(), Map.of("nesterov", "true"), START))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("nesterov=true needs a momentum above 0");
    }

    @Test
    void adamHdWithARateForEachElement() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.01", "rate", "element");
        Course course = Course.vector(new AdamHd(), options, START);
        follow(course, 0.9, -1.9, 0.8044516, -1.9292883, 0.8122811, -1.9543041);
        assertThat(course.array("eta")[0]).isCloseTo(0.095508653f, within(1e-7f));
        assertThat(course.array("eta")[1]).isCloseTo(0.080366104f, within(1e-7f));
    }

    /** Problem Q with the switch of the momentum at the eighth step. */
    @Test
    void adine() {
        double[][] expected = {
            {0.88, -0.1},
            {0.6687894, 0.1400120},
            {0.4026508, -0.0760096},
            {0.1201073, 0.0584106},
            {-0.1429687, -0.0385688},
            {-0.3573425, 0.0271116},
            {-0.5031292, -0.0185597},
            {-0.5582168, 0.0119328}
        };
        descend(Course.vector(new Adine(), Map.of("lr", "0.12"), 1, 0.5), 2e-6, expected);
        double[][] smaller = {{0.95, 0.5}, {0.8549952, -0.000025}, {0.7219819, -0.25005}};
        descend(Course.vector(new Adine(), Map.of("lr", "0.05"), 1, 1), 1e-6, smaller);
    }

    private static void descend(Course course, double tolerance, double[]... expected) {
        for (double[] each : expected) {
            assertThat(course.descend()).containsExactly(each, within(tolerance));
        }
    }

    @Test
    void prodigy() {
        Course course = Course.vector(new Prodigy(), Map.of("d0", "0.01"), 1, 0.5);
        double[] distances = {0.01, 0.015343322, 0.045383094, 0.127920900, 0.307506478};
        double[][] expected = {
            {0.9683772, 0.4683772},
            {0.9259224, 0.4259763},
            {0.8502182, 0.3501003},
            {0.6303117, 0.1234033},
            {0.0096299, -0.5768319}
        };
        distances(course, distances, expected);
    }

    @Test
    void dAdaptation() {
        Course course = Course.vector(new DAdaptation(), Map.of("d0", "0.01"), 1, 0.5);
        double[] distances = {0.01, 0.153433221, 0.409534050, 1.625118131};
        double[][] expected = {
            {0.9683772, 0.4683772}, {0.9259224, 0.4259763}, {0.6252407, 0.1372233}, {-0.0823730, -0.3364824}
        };
        distances(course, distances, expected);
    }

    /** The distance is a quotient of sums that nearly cancel at first, so floats show in its sixth digit. */
    private static void distances(Course course, double[] distances, double[][] expected) {
        for (int t = 0; t < distances.length; t++) {
            assertThat(course.descend()).containsExactly(expected[t], within(5e-6));
            assertThat(course.number("shared/d")).isCloseTo(distances[t], within(5e-6 * Math.max(1, distances[t])));
        }
    }

    @Test
    void scheduleFreeSgd() {
        Course course = Course.vector(new ScheduleFreeSgd(), Map.of("lr", "0.05"), 1, 0.5);
        descend(course, 1e-6, new double[][] {{0.95, 0.25}, {0.92625, 0.1875}, {0.9029354, 0.1364583}});
        assertThat(course.array("z")[0]).isCloseTo(0.8563062f, within(1e-6f));
        assertThat(course.array("z")[1]).isCloseTo(0.034375f, within(1e-6f));
    }

    @Test
    void scheduleFreeAdamW() {
        descend(Course.vector(new ScheduleFreeAdamW(), Map.of("lr", "0.05"), 1, 0.5), 1e-6, new double[][] {
            {0.95, 0.45}, {0.9256487, 0.4263479}, {0.9014742, 0.4030705}
        });
        descend(
                Course.vector(new ScheduleFreeAdamW(), Map.of("lr", "0.05", "warmup", "4"), 1, 0.5),
                1e-6,
                new double[][] {{0.9875, 0.4875}, {0.9676261, 0.4677546}, {0.9407613, 0.4413605}, {0.9070782, 0.4088017}
                });
        descend(
                Course.vector(new ScheduleFreeAdamW(), Map.of("lr", "0.05", "weight-decay", "0.1"), 1, 0.5),
                1e-6,
                new double[][] {{0.945, 0.4475}, {0.9183538, 0.4228020}, {0.8919512, 0.3985432}});
    }

    @Test
    void muon() {
        Course course = Course.matrix(new Muon(), Map.of("lr", "0.02"), MATRIX);
        near(course.step(MATRIX_GRADIENTS[0]), 0.9842285, -1.9862477, 0.4882670, 2.9902862);
        near(course.step(MATRIX_GRADIENTS[1]), 0.9968879, -1.9762478, 0.4816054, 3.0062123);
    }

    /**
     * A step is longer by √(outputs/inputs) where a matrix has more outputs. A gradient u vᵀ has one singular value, which the
     * quintic takes from 1 to p⁵(1), so the step is η √1.5 p⁵(1) u vᵀ for unit vectors u of the 2 inputs and v of the 3 outputs.
     */
    @Test
    void muonScalesByOutputsPerInput() {
        double[] u = {0.6, 0.8};
        double[] v = {2 / 3.0, -1 / 3.0, 2 / 3.0};
        double singular = 1 / (1 + 1e-7);
        for (int i = 0; i < 5; i++) {
            singular = 3.4445 * singular - 4.7750 * Math.pow(singular, 3) + 2.0315 * Math.pow(singular, 5);
        }
        double[] gradient = new double[6];
        double[] expected = new double[6];
        for (int i = 0; i < 6; i++) {
            gradient[i] = u[i / 3] * v[i % 3];
            expected[i] = -0.02 * Math.sqrt(1.5) * singular * gradient[i];
        }
        Course course = Course.matrix(new Muon(), Map.of("lr", "0.02", "beta", "0"), new double[6]);
        near(course.step(gradient), expected);
    }

    /** A vector is none of Muon's matrices: it takes Adam's step. */
    @Test
    void muonLeavesVectorsToAdam() {
        Course course = Course.vector(new Muon(), Map.of("adam-lr", "0.1"), START);
        follow(course, 0.9, -1.9, 0.8067820, -1.9366104, 0.8149797, -1.9677377);
    }

    @Test
    void adafactorOfAMatrix() {
        Course course = Course.matrix(new Adafactor(), Map.of(), MATRIX);
        near(course.step(MATRIX_GRADIENTS[0]), 0.9853798, -1.9793239, 0.4803850, 2.9815068);
        near(course.step(MATRIX_GRADIENTS[1]), 1.0140273, -1.9862632, 0.4692620, 3.0017141);
    }
}
