package dev.rondo.core.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.kernels.Kernels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ArrayProgramTest {
    private static final Kernels KERNELS = KernelChoice.find().kernels();

    private final Expr x = leaf("x", Shape.vector(3));
    private final Expr m = leaf("m", Shape.matrix(2, 3));
    private final Expr s = leaf("s", Shape.scalar());

    @Test
    void operandsMeetByName() {
        Expr perColumn = Expr.node(Op.INPUT, Shape.scalar().plus(Axis.COLUMNS, 3), Map.of("name", "c"));
        ArrayProgram program = compile(m.times(perColumn).plus(1));
        program.bind(m, new float[] {1, 2, 3, 4, 5, 6});
        program.bind(perColumn, new float[] {10, 100, 1000});
        program.run();
        assertThat(program.array(0)).containsExactly(11, 201, 3001, 41, 501, 6001);
    }

    @Test
    void axesInAnotherOrderMeetToo() {
        Expr turned = Expr.node(Op.INPUT, Shape.scalar().plus(Axis.COLUMNS, 3).plus(Axis.ROWS, 2), Map.of("name", "t"));
        ArrayProgram program = compile(m.minus(turned), Fn.sum(turned, Axis.COLUMNS), Fn.max(turned, Axis.COLUMNS));
        program.bind(m, new float[] {1, 2, 3, 4, 5, 6});
        program.bind(turned, new float[] {1, 4, 2, 5, 3, 7});
        program.run();
        assertThat(program.array(0)).containsExactly(0, 0, 0, 0, 0, -1);
        assertThat(program.array(1)).containsExactly(6, 16);
        assertThat(program.array(2)).containsExactly(3, 7);
    }

    @Test
    void numbersAreDoubleUntilTheyMeetAnAxis() {
        ArrayProgram program =
                compile(s.plus(1e-12).minus(1).times(x), s.plus(1e-12).minus(1));
        program.bind(s, 1.0);
        program.bind(x, new float[] {1e12f, -2e12f, 0});
        program.run();
        assertThat(program.number(1)).isEqualTo(1 + 1e-12 - 1);
        assertThat(program.array(0)[0]).isCloseTo(1.0000889f, within(1e-6f));
    }

    @Test
    void numbersStandOnEitherSide() {
        ArrayProgram program = compile(
                s.minus(x),
                x.minus(s),
                s.div(x),
                x.div(s),
                Fn.less(s, x),
                Fn.less(x, s),
                Fn.pow(s, x),
                Fn.pow(x, s),
                Fn.max(s, x),
                Fn.min(x, s),
                Fn.lerp(x, s, Expr.of(0.25)),
                Fn.lerp(s, x, x),
                Fn.select(s, x, Expr.of(9)),
                Fn.select(Fn.less(x, 3), x, s));
        program.bind(s, 2);
        program.bind(x, new float[] {1, 2, 4});
        program.run();
        assertThat(program.array(0)).containsExactly(1, 0, -2);
        assertThat(program.array(1)).containsExactly(-1, 0, 2);
        assertThat(program.array(2)).containsExactly(2, 1, .5f);
        assertThat(program.array(3)).containsExactly(.5f, 1, 2);
        assertThat(program.array(4)).containsExactly(0, 0, 1);
        assertThat(program.array(5)).containsExactly(1, 0, 0);
        assertThat(program.array(6)).containsExactly(2, 4, 16);
        assertThat(program.array(7)).containsExactly(1, 4, 16);
        assertThat(program.array(8)).containsExactly(2, 2, 4);
        assertThat(program.array(9)).containsExactly(1, 2, 2);
        assertThat(program.array(10)).containsExactly(1.25f, 2, 3.5f);
        assertThat(program.array(11)).containsExactly(1, 2, 10);
        assertThat(program.array(12)).containsExactly(1, 2, 4);
        assertThat(program.array(13)).containsExactly(1, 2, 2);
    }

    @Test
    void productsOfMatrices() {
        Expr square = leaf("q", Shape.matrix(3, 3));
        ArrayProgram program = compile(
                Fn.matmul(m, square),
                Fn.matmul(m, Fn.transpose(m)),
                Fn.matmul(x, Fn.transpose(m)),
                square.minus(Fn.transpose(square)).minus(Fn.identity(3).times(0.5)),
                Expr.node(Op.OUTER, Shape.matrix(3, 3), Map.of(), x, x));
        program.bind(m, new float[] {1, 2, 3, 4, 5, 6});
        program.bind(square, new float[] {1, 0, 2, 0, 3, 0, 1, 1, 1});
        program.bind(x, new float[] {1, 2, 3});
        program.run();
        assertThat(program.array(0)).containsExactly(4, 9, 5, 10, 21, 14);
        assertThat(program.array(1)).containsExactly(14, 32, 32, 77);
        assertThat(program.array(2)).containsExactly(14, 32);
        assertThat(program.array(3)).containsExactly(-.5f, 0, 1, 0, -.5f, -1, -1, 1, -.5f);
        assertThat(program.array(4)).containsExactly(1, 2, 3, 2, 4, 6, 3, 6, 9);
    }

    @Test
    void reductionsAndStructure() {
        ArrayProgram program = compile(
                Fn.sum(m),
                Fn.sum(m, Axis.ROWS),
                Fn.max(m, Axis.COLUMNS),
                Fn.concat(x, Fn.slice(x, 1, 2)),
                Fn.index(Axis.FEATURES, 3).times(x),
                Fn.norm(x),
                Fn.mean(m),
                Fn.zerosLike(m),
                Fn.max(m, Axis.ROWS, Axis.COLUMNS));
        program.bind(m, new float[] {1, 2, 3, 4, 5, -6});
        program.bind(x, new float[] {2, 3, 6});
        program.run();
        assertThat(program.number(0)).isEqualTo(9);
        assertThat(program.array(1)).containsExactly(5, 7, -3);
        assertThat(program.array(2)).containsExactly(3, 5);
        assertThat(program.array(3)).containsExactly(2, 3, 6, 3);
        assertThat(program.array(4)).containsExactly(0, 3, 12);
        assertThat(program.number(5)).isEqualTo(7);
        assertThat(program.number(6)).isEqualTo(1.5);
        assertThat(program.array(7)).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(program.number(8)).isEqualTo(5);
    }

    @Test
    void longArraysGoStripByStrip() {
        int n = 3 * StripGroup.STRIP + 17;
        Expr a = leaf("a", Shape.vector(n));
        Expr b = leaf("b", Shape.vector(n));
        Expr p = a.times(b).plus(a);
        ArrayProgram program = compile(p.minus(b), Fn.sum(p), p.div(Fn.sum(p)).times(b));
        float[] av = new float[n];
        float[] bv = new float[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            av[i] = i % 7 - 3;
            bv[i] = i % 5 + 1;
            sum += av[i] * bv[i] + av[i];
        }
        program.bind(a, av);
        program.bind(b, bv);
        program.run();
        assertThat(program.number(1)).isEqualTo(sum);
        for (int i = 0; i < n; i++) {
            assertThat(program.array(0)[i]).isEqualTo(av[i] * bv[i] + av[i] - bv[i]);
            assertThat(program.array(2)[i]).isCloseTo((float) ((av[i] * bv[i] + av[i]) / sum * bv[i]), within(1e-6f));
        }
    }

    @Test
    void aGivenNodeIsNotComputed() {
        Expr inner = Fn.exp(x);
        ArrayProgram program = ArrayProgram.compile(KERNELS, List.of(inner.times(2)), Set.of(inner));
        assertThat(program.leaves()).containsExactly(inner);
        program.bind(inner, new float[] {1, 2, 3});
        program.run();
        assertThat(program.array(0)).containsExactly(2, 4, 6);
    }

    @Test
    void trainingIsANumber() {
        Expr training = Expr.node(Op.TRAINING, Shape.scalar(), Map.of());
        ArrayProgram program = compile(Fn.select(training, x, x.times(2)));
        program.bind(x, new float[] {1, 2, 3});
        program.run();
        assertThat(program.array(0)).containsExactly(2, 4, 6);
        program.training(true);
        program.run();
        assertThat(program.array(0)).containsExactly(1, 2, 3);
    }

    @Test
    void notANumberPassesThroughButNotFromTheBranchNotTaken() {
        ArrayProgram program = compile(
                Fn.select(Fn.less(x, 0), x.times(0).plus(1), Fn.sqrt(x)),
                Fn.max(Fn.sqrt(x), Expr.of(0)),
                Fn.clamp(Fn.sqrt(x), 0, 1),
                Fn.max(Fn.sqrt(x), Axis.FEATURES),
                Fn.sum(Fn.sqrt(x)),
                Fn.less(Fn.sqrt(x), 5));
        program.bind(x, new float[] {-1, 4, 9});
        program.run();
        assertThat(program.array(0)).containsExactly(1, 2, 3);
        assertThat(program.array(1)).containsExactly(Float.NaN, 2, 3);
        assertThat(program.array(2)).containsExactly(Float.NaN, 1, 1);
        assertThat(program.number(3)).isNaN();
        assertThat(program.number(4)).isNaN();
        assertThat(program.array(5)).containsExactly(0, 1, 1);
    }

    @Test
    void whatVariesWithTimeIsRefused() {
        Expr sequence = Expr.node(Op.INPUT, Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC), Map.of("name", "x"));
        assertThatThrownBy(() -> compile(Fn.exp(sequence))).hasMessageContaining("varies with time");
        assertThatThrownBy(() -> compile(x).bind(x, new float[2])).hasMessageContaining("needs 3 values, got 2");
    }

    private static ArrayProgram compile(Expr... outputs) {
        return ArrayProgram.compile(KERNELS, List.of(outputs));
    }

    private static Expr leaf(String name, Shape shape) {
        return Expr.node(Op.INPUT, shape, Map.of("name", name));
    }
}
