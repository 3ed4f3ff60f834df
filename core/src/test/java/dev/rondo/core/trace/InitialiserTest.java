package dev.rondo.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Role;
import dev.rondo.core.kernels.KernelChoice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InitialiserTest {
    private final Parameter first = parameter("1.GRU/f.W", Shape.matrix(30, 40), Init.GLOROT);
    private final Parameter second = parameter("1.GRU/f.U", Shape.matrix(40, 40), Init.ORTHOGONAL);
    private final Parameter third = parameter("2.Linear/out.W", Shape.matrix(40, 1), Init.normal(0.5));

    @Test
    void aParameterDependsOnSeedAndNameAlone() {
        float[][] all = fill(5, first, second, third);
        float[][] some = fill(5, third, first);
        assertThat(some[0]).containsExactly(all[2]);
        assertThat(some[1]).containsExactly(all[0]);
        assertThat(fill(6, first)[0]).isNotEqualTo(all[0]);
        Parameter renamed = parameter("2.GRU/f.W", Shape.matrix(30, 40), Init.GLOROT);
        assertThat(fill(5, renamed)[0]).isNotEqualTo(all[0]);
    }

    @Test
    void glorotStaysWithinItsBound() {
        double bound = Math.sqrt(6.0 / 70);
        double squares = 0;
        for (float value : fill(1, first)[0]) {
            assertThat((double) value).isBetween(-bound, bound);
            squares += value * value / 1200.0;
        }
        assertThat(squares).isCloseTo(bound * bound / 3, within(0.002));
    }

    @Test
    void orthogonalRowsAreOrthonormal() {
        float[] u = fill(1, second)[0];
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int k = 0; k < 40; k++) {
                    dot += (double) u[i * 40 + k] * u[j * 40 + k];
                }
                assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-6));
            }
        }
    }

    @Test
    void constraintsHoldFromTheStart() {
        Expr leaf = Expr.node(Op.PARAMETER, Shape.vector(50), Map.of("name", "1.IndRNN/u"));
        Parameter bounded = new Parameter("1.IndRNN/u", leaf, Init.normal(3), Role.VECTOR, Fn.clamp(leaf, -1, 1));
        float[] values = fill(1, bounded)[0];
        for (float value : values) {
            assertThat(value).isBetween(-1f, 1f);
        }
        assertThat(values).contains(1f, -1f);
    }

    private static float[][] fill(long seed, Parameter... parameters) {
        return Initialiser.fill(KernelChoice.find().kernels(), List.of(parameters), seed);
    }

    private static Parameter parameter(String name, Shape shape, Init init) {
        return new Parameter(name, Expr.node(Op.PARAMETER, shape, Map.of("name", name)), init, Role.INPUT, null);
    }
}
