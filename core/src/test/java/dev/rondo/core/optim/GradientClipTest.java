package dev.rondo.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Role;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.trace.Parameter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GradientClipTest {
    @Test
    void theNormOfAllGradientsIsLimited() {
        float[][] gradients = {{3, -4}, {12}};
        assertThat(GradientClip.byNorm(5).apply(gradients)).isEqualTo(13);
        assertThat(gradients[0][0]).isCloseTo(1.1538462f, within(1e-7f));
        assertThat(gradients[0][1]).isCloseTo(-1.5384615f, within(2e-7f));
        assertThat(gradients[1][0]).isCloseTo(4.6153846f, within(1e-6f));
        assertThat(GradientClip.byNorm(5.0001).apply(gradients)).isCloseTo(5, within(1e-6));
        assertThat(gradients[0][0]).isCloseTo(1.1538462f, within(1e-7f));
    }

    @Test
    void eachValueIsLimited() {
        float[][] gradients = {{3, -4}, {12}};
        GradientClip.byValue(5).apply(gradients);
        assertThat(gradients[0]).containsExactly(3, -4);
        assertThat(gradients[1]).containsExactly(5);
    }

    @Test
    void theNormOfEachTensorIsLimited() {
        float[][] gradients = {{3, -4, 12}, {0.3f, -0.4f}, {-7}};
        assertThat(GradientClip.byTensorNorm(5).apply(gradients)).isEqualTo(Math.sqrt(169 + 0.25 + 49), within(1e-6));
        assertThat(gradients[0]).containsExactly(new float[] {1.1538462f, -1.5384615f, 4.6153846f}, within(1e-6f));
        assertThat(gradients[1]).containsExactly(0.3f, -0.4f);
        assertThat(gradients[2]).containsExactly(-5);
    }

    @Test
    void limitsActFromTheSmallestPieceToTheWhole() {
        float[][] gradients = {{6, -40}, {8}};
        new GradientClip(8, 5, 1).apply(gradients);
        // Values within 8: (6, -8), (8); tensors within 5: (3, -4), (5); all within 1: divided by √50.
        assertThat(gradients[0]).containsExactly(new float[] {0.4242641f, -0.5656854f}, within(1e-6f));
        assertThat(gradients[1]).containsExactly(new float[] {0.7071068f}, within(1e-6f));
    }

    @Test
    void withoutLimitsNothingChanges() {
        float[][] gradients = {{3e30f, -4e30f}};
        assertThat(GradientClip.NONE.apply(gradients)).isCloseTo(5e30, within(1e24));
        assertThat(gradients[0]).containsExactly(3e30f, -4e30f);
    }

    @Test
    void whatIsNotFiniteIsLeftForTheReport() {
        float[][] gradients = {{3, 7}, {Float.NaN, -40}, {Float.POSITIVE_INFINITY}};
        assertThat(GradientClip.byNorm(1).apply(gradients)).isNaN();
        assertThat(GradientClip.byTensorNorm(1).apply(gradients)).isNaN();
        assertThat(gradients[0]).containsExactly(3, 7);
        List<Parameter> parameters =
                List.of(parameter("1.LSTM/f.W", 2), parameter("1.LSTM/f.U", 2), parameter("2.Linear/out.b", 1));
        GradientReport report = GradientReport.of(parameters, gradients);
        assertThat(report.finite()).isFalse();
        assertThat(report.broken()).contains("1.LSTM/f.U");
        assertThat(report.largest()).contains("1.LSTM/f.W");
        assertThat(report.sentence())
                .isEqualTo(
                        "the gradient of 1.LSTM/f.U is not finite; the largest finite one, 7.00, is that of 1.LSTM/f.W");
        assertThat(GradientReport.of(parameters, new float[][] {{1, 2}, {3, 4}, {0}})
                        .sentence())
                .isEqualTo("the largest gradient, 4.00, is that of 1.LSTM/f.U");
    }

    @Test
    void aLimitIsPositive() {
        assertThatThrownBy(() -> GradientClip.byNorm(0))
                .isInstanceOf(UsageException.class)
                .hasMessage("a limit on gradients is greater than 0, got 0.0");
        assertThatThrownBy(() -> new GradientClip(1, Double.NaN, 1))
                .isInstanceOf(UsageException.class)
                .hasMessage("a limit on gradients is greater than 0, got NaN");
    }

    private static Parameter parameter(String name, int width) {
        Expr leaf = Expr.node(Op.PARAMETER, Shape.vector(width), Map.of("name", name));
        return new Parameter(name, leaf, Init.ZEROS, Role.INPUT, null);
    }
}
