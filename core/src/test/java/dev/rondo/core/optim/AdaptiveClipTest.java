package dev.rondo.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.Role;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TestLoops;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AdaptiveClipTest {
    private static final StateSlot SLOT = new StateSlot("1.Leaky/h", 1, 1);

    @Test
    void theUnitOfAMatrixIsAColumn() {
        // Columns (3, 4), (0, 0), (1, 0): norms 5, 0 that counts as 0.001, and 1.
        float[] weights = {3, 0, 1, /**/ 4, 0, 0};
        float[] gradients = {0.6f, 3, 0.003f, /**/ 0.8f, 4, -0.004f};
        clip(0.01, Shape.matrix(2, 3), Role.INPUT, weights, gradients);
        assertThat(gradients[0]).isCloseTo(0.03f, within(1e-8f)); // of norm 1, and 0.05 is allowed
        assertThat(gradients[3]).isCloseTo(0.04f, within(1e-8f));
        assertThat(gradients[1]).isCloseTo(6e-6f, within(1e-12f)); // of norm 5, and 0.00001 is allowed
        assertThat(gradients[4]).isCloseTo(8e-6f, within(1e-12f));
        assertThat(gradients[2]).isEqualTo(0.003f); // of norm 0.005, and 0.01 is allowed
        assertThat(gradients[5]).isEqualTo(-0.004f);
    }

    @Test
    void theUnitOfATableIsARow() {
        float[] weights = {3, 4, /**/ 0, 0.5f, /**/ 6, -8};
        float[] gradients = {0.6f, 0.8f, /**/ 0, 0, /**/ -0.06f, 0.08f};
        clip(0.01, Shape.matrix(3, 2), Role.EMBEDDING, weights, gradients);
        assertThat(gradients).containsExactly(new float[] {0.03f, 0.04f, /**/ 0, 0, /**/ -0.06f, 0.08f}, within(1e-8f));
    }

    @Test
    void aVectorIsOneUnitAndANumberToo() {
        float[] gradients = {30, -40};
        clip(0.1, Shape.vector(2), Role.BIAS, new float[] {0.03f, -0.04f}, gradients);
        assertThat(gradients).containsExactly(new float[] {0.003f, -0.004f}, within(1e-9f));
        float[] number = {-3};
        clip(0.5, Shape.scalar(), Role.VECTOR, new float[] {-2}, number);
        assertThat(number).containsExactly(-1);
    }

    @Test
    void everyColumnIsLimitedByItsOwnWeights() {
        Random random = new Random(5);
        int rows = 7;
        int columns = 4;
        float[] weights = new float[rows * columns];
        float[] gradients = new float[rows * columns];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
            gradients[i] = (float) (random.nextGaussian() * Math.pow(10, i % columns - 2));
        }
        float[] clipped = gradients.clone();
        clip(0.2, Shape.matrix(rows, columns), Role.RECURRENT, weights, clipped);
        int touched = 0;
        for (int column = 0; column < columns; column++) {
            double w = 0;
            double g = 0;
            for (int row = 0; row < rows; row++) {
                w += Math.pow(weights[row * columns + column], 2);
                g += Math.pow(gradients[row * columns + column], 2);
            }
            double limit = 0.2 * Math.sqrt(w);
            boolean over = Math.sqrt(g) > limit;
            touched += over ? 1 : 0;
            for (int row = 0; row < rows; row++) {
                float before = gradients[row * columns + column];
                double expected = over ? before * limit / Math.sqrt(g) : before;
                assertThat((double) clipped[row * columns + column]).isCloseTo(expected, within(1e-6));
            }
        }
        assertThat(touched).isBetween(1, columns - 1);
    }

    @Test
    void aLastLayerIsLimitedOnlyIfItIsRecurrent() {
        Parameter hidden = parameter("1.Leaky/w", Shape.vector(1), Role.VECTOR);
        Parameter output = parameter("2.Linear/out.W", Shape.matrix(1, 1), Role.OUTPUT);
        Parameter bias = parameter("2.Linear/out.b", Shape.vector(1), Role.BIAS);
        float[][] gradients = {{3}, {3}, {3}};
        float[][] weights = {{1}, {1}, {1}};
        new AdaptiveClip(model(layer(1, true, hidden), layer(2, false, output, bias)), 1).apply(weights, gradients);
        assertThat(gradients).isDeepEqualTo(new float[][] {{1}, {3}, {3}});
        new AdaptiveClip(model(layer(1, false, hidden), layer(2, true, output, bias)), 1).apply(weights, gradients);
        assertThat(gradients).isDeepEqualTo(new float[][] {{1}, {1}, {1}});
    }

    @Test
    void whatIsNotFiniteIsLeftForTheReport() {
        float[] weights = {1, 1, Float.NaN, /**/ 0, 0, 0};
        float[] gradients = {Float.NaN, Float.POSITIVE_INFINITY, 7, /**/ 5, 6, 8};
        float[] before = gradients.clone();
        clip(0.01, Shape.matrix(2, 3), Role.INPUT, weights, gradients);
        assertThat(gradients).containsExactly(before);
    }

    @Test
    void refusesWhatLimitsNothing() {
        TracedModel linear = model(layer(1, false, parameter("1.Linear/out.W", Shape.matrix(1, 1), Role.OUTPUT)));
        assertThatThrownBy(() -> new AdaptiveClip(linear, 0.01))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a last layer that is not recurrent");
        assertThatThrownBy(() -> new AdaptiveClip(linear, Double.NaN))
                .isInstanceOf(UsageException.class)
                .hasMessage("a limit on gradients is greater than 0, got NaN");
    }

    private static void clip(double ratio, Shape shape, Role role, float[] weights, float[] gradients) {
        new AdaptiveClip(model(layer(1, true, parameter("1.Leaky/w", shape, role))), ratio)
                .apply(new float[][] {weights}, new float[][] {gradients});
    }

    private static TracedModel model(TracedLayer... layers) {
        return new TracedModel(sequence(), sequence(), List.of(layers), true);
    }

    private static TracedLayer layer(int position, boolean recurrent, Parameter... parameters) {
        Plugin plugin = () -> Descriptor.of("Leaky");
        Expr x = sequence();
        Expr output = recurrent ? TestLoops.sum(SLOT, x) : x;
        List<StateSlot> states = recurrent ? List.of(SLOT) : List.of();
        return new TracedLayer(
                position,
                Configured.of(plugin),
                Gates.STANDARD,
                false,
                x,
                output,
                List.of(parameters),
                List.of(),
                states);
    }

    private static Expr sequence() {
        Shape shape = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, 1);
        return Expr.node(Op.INPUT, shape, Map.of("name", "x"));
    }

    private static Parameter parameter(String name, Shape shape, Role role) {
        return new Parameter(name, Expr.node(Op.PARAMETER, shape, Map.of("name", name)), Init.ZEROS, role, null);
    }
}
