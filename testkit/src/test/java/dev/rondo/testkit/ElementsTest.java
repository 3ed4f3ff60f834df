package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Values from mpmath, derivatives against central differences, conventions against the language's definition. */
final class ElementsTest {
    private static final double[] POINTS = {-2.3, -0.7, -1e-3, 1e-3, 0.4, 1.9, 5.5};

    private static double value(UnaryOperator<Expr> function, double x) {
        return Elements.value(function.apply(Expr.of(0)), x);
    }

    private static double slope(UnaryOperator<Expr> function, double x) {
        return Elements.slope(function.apply(Expr.of(0)), x);
    }

    @Test
    void valuesAreThoseOfMpmath() {
        assertThat(value(Fn::erf, 0.3)).isCloseTo(0.32862675945912742, within(1e-15));
        assertThat(value(Fn::erf, -1.2)).isCloseTo(-0.91031397822963537, within(1e-15));
        assertThat(value(Fn::erf, 2.5)).isCloseTo(0.99959304798255504, within(1e-15));
        assertThat(value(Fn::erf, 4)).isCloseTo(0.9999999845827421, within(1e-15));
        assertThat(value(Fn::expm1, 1e-9)).isCloseTo(1.0000000005000001e-9, within(1e-24));
        assertThat(value(Fn::log1p, 1e-9)).isCloseTo(9.999999995e-10, within(1e-24));
        assertThat(value(Fn::softplus, 800)).isEqualTo(800);
        assertThat(value(Fn::softplus, -800)).isZero();
        assertThat(value(Fn::sigmoid, -800)).isZero();
        assertThat(value(Fn::sigmoid, 800)).isEqualTo(1);
        assertThat(Elements.first(Op.POWER, 1.7, 2.5)).isCloseTo(5.5413220444222512, within(1e-14));
        assertThat(Elements.second(Op.POWER, 2, 1.3)).isCloseTo(1.7067285579443133, within(1e-14));
    }

    @Test
    void slopesAgreeWithCentralDifferences() {
        List<UnaryOperator<Expr>> everywhere = List.of(
                Expr::unaryMinus,
                Fn::exp,
                Fn::expm1,
                Fn::abs,
                Fn::sign,
                Fn::square,
                Fn::sin,
                Fn::cos,
                Fn::floor,
                Fn::sigmoid,
                Fn::tanh,
                Fn::relu,
                Fn::softplus,
                Fn::erf,
                Fn::oneMinus,
                x -> Fn.clamp(x, -1, 2));
        List<UnaryOperator<Expr>> positive = List.of(Fn::log, Fn::log1p, Fn::sqrt, Fn::rsqrt);
        for (double x : POINTS) {
            everywhere.forEach(function -> agrees(function, x));
            positive.forEach(function -> agrees(function, Math.abs(x)));
        }
    }

    private static void agrees(UnaryOperator<Expr> function, double x) {
        double size = 1e-6 * Math.max(1e-3, Math.abs(x));
        double differences = (value(function, x + size) - value(function, x - size)) / (2 * size);
        assertThat(slope(function, x))
                .as("%s at %s", function.apply(Expr.of(0)).op(), x)
                .isCloseTo(differences, within(1e-6 * Math.max(1, Math.abs(differences))));
    }

    @Test
    void binarySlopesAgreeWithCentralDifferences() {
        double size = 1e-6;
        for (Op op : List.of(Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.MINIMUM, Op.MAXIMUM, Op.POWER, Op.LESS)) {
            for (double a : new double[] {0.3, 1.9}) {
                for (double b : new double[] {-1.1, 0.8}) {
                    double first = (Elements.value(op, a + size, b) - Elements.value(op, a - size, b)) / (2 * size);
                    double second = (Elements.value(op, a, b + size) - Elements.value(op, a, b - size)) / (2 * size);
                    assertThat(Elements.first(op, a, b)).as("%s", op).isCloseTo(first, within(1e-7));
                    assertThat(Elements.second(op, a, b)).as("%s", op).isCloseTo(second, within(1e-7));
                }
            }
        }
    }

    @Test
    void derivativesWhereThereIsNoneAreTheOnesThatTheLanguageFixes() {
        assertThat(slope(Fn::relu, 0)).isZero();
        assertThat(slope(Fn::abs, 0)).isZero();
        assertThat(slope(x -> Fn.clamp(x, -1, 2), 2)).isZero();
        assertThat(slope(x -> Fn.clamp(x, -1, 2), -1)).isZero();
        assertThat(slope(Fn::stopGradient, 3)).isZero();
        assertThat(Elements.first(Op.MAXIMUM, 1, 1)).isEqualTo(1);
        assertThat(Elements.second(Op.MAXIMUM, 1, 1)).isZero();
        assertThat(Elements.first(Op.MINIMUM, 1, 1)).isEqualTo(1);
        assertThat(Elements.second(Op.MINIMUM, 1, 1)).isZero();
    }
}
