package dev.rondo.verification.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.UsageException;
import dev.rondo.plugins.optim.Adam;
import dev.rondo.plugins.optim.AdamHd;
import dev.rondo.plugins.optim.Cocob;
import dev.rondo.plugins.optim.Sgd;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Update rules on given gradients; the expected values come from the formulas of the papers, computed in numpy. */
final class UpdateRuleTest {
    private static final double[] START = {1, -2};
    private static final double[][] GRADIENTS = {{0.5, -1}, {0.25, 2}, {-0.75, 0.1}};
    private static final double TOLERANCE = 1e-6;

    @Test
    void sgd() {
        check(new Sgd(), Map.of("lr", "0.1"), 0.95, -1.9, 0.925, -2.1, 1, -2.11);
    }

    @Test
    void sgdWithWeightDecay() {
        check(
                new Sgd(),
                Map.of("lr", "0.1", "weight-decay", "0.01"),
                0.949,
                -1.898,
                0.923051,
                -2.096102,
                0.9971279,
                -2.1040059);
    }

    @Test
    void sgdWithMomentum() {
        check(new Sgd(), Map.of("lr", "0.1", "momentum", "0.9"), 0.95, -1.9, 0.88, -2.01, 0.892, -2.119);
        check(
                new Sgd(),
                Map.of("lr", "0.1", "momentum", "0.9", "dampening", "0.5"),
                0.95,
                -1.9,
                0.8925,
                -1.91,
                0.87825,
                -1.924);
    }

    @Test
    void sgdWithNesterovMomentum() {
        Map<String, String> options = Map.of("lr", "0.1", "momentum", "0.9", "nesterov", "true");
        check(new Sgd(), options, 0.905, -1.81, 0.817, -2.109, 0.9028, -2.2171);
        check(
                new Sgd(),
                Map.of("lr", "0.1", "momentum", "0.9", "nesterov", "true", "weight-decay", "0.01"),
                0.9031,
                -1.8062,
                0.8125741,
                -2.1001482,
                0.8953697,
                -2.2013369);
        assertThatThrownBy(() -> Course.vector(new Sgd(), Map.of("nesterov", "true"), START))
                .isInstanceOf(UsageException.class)
                .hasMessage("SGD: nesterov=true needs a momentum above 0 and no dampening");
    }

    @Test
    void adam() {
        check(new Adam(), Map.of("lr", "0.1"), 0.9, -1.9, 0.806782, -1.9366104, 0.8149797, -1.9677377);
        check(new Adam(), Map.of("lr", "0.1", "b2", "0.5"), 0.9, -1.9, 0.7957948, -1.9334255, 0.8030258, -1.9688189);
        check(
                new Adam(),
                Map.of("lr", "0.1", "eps", "0.1"),
                0.9166667,
                -1.9090909,
                0.842272,
                -1.9435239,
                0.8491892,
                -1.9724153);
    }

    @Test
    void cocob() {
        check(new Cocob(), Map.of(), 0.99, -1.99, 0.984925, -2.005, 1, -2.0055014);
        check(new Cocob(), Map.of("alpha", "2"), 0.5, -1.5, 0.25, -2.2, 1, -2.2178431);
    }

    @Test
    void cocobSurvivesZeroGradients() {
        Course course = Course.vector(new Cocob(), Map.of(), START);
        near(course.step(0, -1), 1, -1.99);
        near(course.step(0.5, 2), 0.99, -2.005);
        near(course.step(-0.75, 0.1), 1.0033333, -2.0055014);
    }

    @Test
    void cocobGrowsFastOnALinearLoss() {
        Course course = Course.vector(new Cocob(), Map.of(), START);
        for (int t = 1; t < 10; t++) {
            course.step(0.5, -1);
        }
        assertThat(course.step(0.5, -1)[0]).isCloseTo(0.8452890, within(1e-6));
        for (int t = 11; t < 20; t++) {
            course.step(0.5, -1);
        }
        assertThat(course.step(0.5, -1)[0]).isCloseTo(-0.1946452, within(5e-6));
    }

    @Test
    void cocobBetsOnAfterSomebodyMovedAWeight() {
        Course alone = Course.vector(new Cocob(), Map.of(), START);
        Course moved = Course.vector(new Cocob(), Map.of(), 3, -2);
        double[] a = alone.step(0.5, -1);
        double[] b = moved.step(0.5, -1);
        assertThat(b[0] - 3).isCloseTo(a[0] - 1, within(TOLERANCE));
    }

    @Test
    void adamHdWithOneRate() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.01");
        Course course = Course.vector(new AdamHd(), options, START);
        checkRate(course, 0, 0.1, 0.9, -1.9);
        checkRate(course, 1, 0.0825, 0.8230952, -1.9302035);
        checkRate(course, 2, 0.075874757, 0.8293152, -1.9538213);
    }

    @Test
    void adamHdSumsOverAllParametersBeforeAnyMoves() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.01");
        Course course = Course.numbers(new AdamHd(), options, START);
        checkRate(course, 0, 0.1, 0.9, -1.9);
        checkRate(course, 1, 0.0825, 0.8230952, -1.9302035);
        checkRate(course, 2, 0.075874757, 0.8293152, -1.9538213);
    }

    @Test
    void adamHdWithARateForEachParameter() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.01", "rate", "tensor");
        Course course = Course.vector(new AdamHd(), options, START);
        double[] rates = {0.1, 0.09125, 0.087937378};
        double[][] expected = {{0.9, -1.9}, {0.8149386, -1.9334069}, {0.8221474, -1.9607795}};
        for (int t = 0; t < 3; t++) {
            near(course.step(GRADIENTS[t]), expected[t]);
            assertThat(course.number("w/eta")).isCloseTo(rates[t], within(1e-7));
        }
    }

    @Test
    void adamHdWithARateForEachOfTwoParameters() {
        Map<String, String> options = Map.of("lr", "0.1", "hyper-lr", "0.01", "rate", "tensor");
        Course course = Course.numbers(new AdamHd(), options, START);
        near(course.step(GRADIENTS[0]), 0.9, -1.9);
        near(course.step(GRADIENTS[1]), 0.8044516, -1.9292883);
        near(course.step(GRADIENTS[2]), 0.8122811, -1.9543041);
        assertThat(course.number("w0/eta")).isCloseTo(0.095508653, within(1e-8));
        assertThat(course.number("w1/eta")).isCloseTo(0.080366104, within(1e-8));
    }

    @Test
    void adamHdMayAscendWithoutAFloorOnly() {
        Map<String, String> free = Map.of("hyper-lr", "0.1", "rate", "tensor", "floor", "-10");
        Course course = Course.vector(new AdamHd(), free, START);
        double[] rates = {0.001, -0.086499999, -0.119626217};
        double[][] expected = {{0.999, -1.999}, {1.0796335, -1.967332}, {1.069827, -1.9300956}};
        for (int t = 0; t < 3; t++) {
            near(course.step(GRADIENTS[t]), expected[t]);
            assertThat(course.number("w/eta")).isCloseTo(rates[t], within(1e-7));
        }
        Course held = Course.vector(new AdamHd(), Map.of("hyper-lr", "0.1", "rate", "tensor"), START);
        held.step(GRADIENTS[0]);
        near(held.step(GRADIENTS[1]), 0.999, -1.999);
        assertThat(held.number("w/eta")).isZero();
    }

    private static void check(Optimizer optimizer, Map<String, String> options, double... expected) {
        Course vector = Course.vector(optimizer, options, START);
        Course numbers = Course.numbers(optimizer, options, START);
        for (int t = 0; t < GRADIENTS.length; t++) {
            near(vector.step(GRADIENTS[t]), expected[2 * t], expected[2 * t + 1]);
            near(numbers.step(GRADIENTS[t]), expected[2 * t], expected[2 * t + 1]);
        }
    }

    private static void checkRate(Course course, int t, double rate, double... expected) {
        near(course.step(GRADIENTS[t]), expected);
        assertThat(course.number("shared/eta")).isCloseTo(rate, within(1e-7));
    }

    private static void near(double[] values, double... expected) {
        assertThat(values).containsExactly(expected, within(TOLERANCE));
    }
}
