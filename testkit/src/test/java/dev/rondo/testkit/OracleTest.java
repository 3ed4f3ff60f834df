package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.trace.TracedModel;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each operation means, on numbers small enough to follow with a pencil. */
final class OracleTest {
    private static final Shape ROWS = Shape.scalar().plus(Axis.BATCH, Shape.DYNAMIC);

    private static double[] run(TracedModel model, Sequences input, double[][] parameters, double[]... states) {
        return run(model, input, new long[input.batch()], parameters, states).output();
    }

    private static Oracle.Outcome run(
            TracedModel model, Sequences input, long[] seen, double[][] parameters, double[]... states) {
        Point at = new Point(parameters, Point.doubles(input.values()), states);
        return new Oracle(model).evaluate(at, Setting.of(input, seen, new double[input.batch()]));
    }

    /** Two rows, 1 2 3 4 and 10 20 30 40; the second may be cut short. */
    private static Sequences two(int second) {
        return new Sequences(4, 2, 1, new float[] {1, 10, 2, 20, 3, 30, 4, 40}, new int[] {4, second}, null);
    }

    @Test
    void reverseTurnsEachRowWithinItsLength() {
        Expr x = Equations.sequence(1);
        TracedModel model = new Equations().model(x, Fn.reverse(x));
        assertThat(run(model, two(3), new double[0][])).containsExactly(4, 30, 3, 20, 2, 10, 1, 0);
        assertThat(run(model, two(0), new double[0][])).containsExactly(4, 0, 3, 0, 2, 0, 1, 0);
    }

    @Test
    void lastIsTheLastValidStep() {
        Expr x = Equations.sequence(1);
        TracedModel model = new Equations().model(x, x.times(0).plus(Fn.last(x)));
        assertThat(run(model, two(3), new double[0][])).containsExactly(4, 30, 4, 30, 4, 30, 4, 0);
    }

    @Test
    void sumAndLargestOverTimeSkipPadding() {
        Expr x = Equations.sequence(1);
        TracedModel sum = new Equations().model(x, x.times(0).plus(Fn.sum(x.plus(1), Axis.TIME)));
        assertThat(run(sum, two(2), new double[0][])).containsExactly(14, 32, 14, 32, 14, 0, 14, 0);
        TracedModel largest = new Equations().model(x, x.times(0).plus(Fn.max(x.unaryMinus(), Axis.TIME)));
        assertThat(run(largest, two(2), new double[0][])).containsExactly(-1, -10, -1, -10, -1, 0, -1, 0);
    }

    @Test
    void lagOfASequenceReadsItsHistoryAndFreezesItWithTheRow() {
        Equations e = new Equations();
        Expr x = Equations.sequence(1);
        TracedModel model = e.model(x, e.lag("late", x, 2));
        Oracle.Outcome outcome = run(model, two(3), new long[2], new double[0][], new double[] {7, 70, 8, 80});
        assertThat(outcome.output()).containsExactly(7, 70, 8, 80, 1, 10, 2, 0);
        assertThat(outcome.states()[0]).containsExactly(3, 20, 4, 30);
    }

    @Test
    void lagInAStepReadsItsHistoryAndFreezesItWithTheRow() {
        Equations e = new Equations();
        Expr sequence = Equations.sequence(1);
        Expr x = Equations.step(1);
        Expr sum = e.state("sum", 1);
        Expr next = sum.plus(x);
        e.next(sum, next);
        TracedModel model = e.model(sequence, e.scan(sequence, x, e.lag("late", next, 2)));
        Oracle.Outcome outcome =
                run(model, two(3), new long[2], new double[0][], new double[] {0, 5}, new double[] {7, 70, 8, 80});
        assertThat(outcome.output()).containsExactly(7, 70, 8, 80, 1, 15, 3, 0);
        assertThat(outcome.states()[0]).containsExactly(10, 65);
        assertThat(outcome.states()[1]).containsExactly(6, 35, 10, 65);
    }

    @Test
    void aLagWithinALagIsTheSumOfBoth() {
        Equations e = new Equations();
        Expr sequence = Equations.sequence(1);
        Expr x = Equations.step(1);
        TracedModel model = e.model(sequence, e.scan(sequence, x, e.lag("outer", e.lag("inner", x, 1), 2)));
        assertThat(run(model, two(4), new double[0][], new double[2], new double[4]))
                .containsExactly(0, 0, 0, 0, 0, 0, 1, 10);
    }

    @Test
    void clocksGoOnWhereTheStreamStopped() {
        Expr sequence = Equations.sequence(1);
        Expr x = Equations.step(1);
        Expr index = Expr.node(Op.INDEX, ROWS, Map.of("name", "index"));
        Expr first = Expr.node(Op.FIRST_STEP, ROWS, Map.of("name", "first"));
        TracedModel model = new Equations()
                .model(
                        sequence,
                        new Equations().scan(sequence, x, x.times(0).plus(index).plus(first.times(100))));
        Oracle.Outcome outcome = run(model, two(2), new long[] {0, 5}, new double[0][]);
        assertThat(outcome.output()).containsExactly(100, 5, 1, 6, 2, 0, 3, 0);
        assertThat(outcome.seen()).containsExactly(4, 7);
    }

    @Test
    void stampsCountFromTheFirstOfTheStreamAndPhaseIsDouble() {
        Expr sequence = Equations.sequence(1);
        Expr x = Equations.step(1);
        Expr stamp = Expr.node(Op.STAMP, ROWS, Map.of("name", "time"));
        Expr phase = Fn.phase(stamp, Expr.of(0.25), Expr.of(2));
        TracedModel model = new Equations()
                .model(sequence, new Equations().scan(sequence, x, x.times(0).plus(phase)));
        Sequences input = new Sequences(3, 1, 1, new float[3], null, new double[] {1e9, 1e9 + 0.5, 1e9 + 3});
        assertThat(run(model, input, new double[0][])).containsExactly(new double[] {0.875, 0.125, 0.375}, within(0.0));
        Oracle.Outcome outcome = run(model, input, new long[1], new double[0][]);
        assertThat(outcome.origins()).containsExactly(1e9);
    }

    @Test
    void drawsAreTheirMeanInEvaluationAndAskedForByStepRowAndUnitInTraining() {
        Expr sequence = Equations.sequence(2);
        Expr x = Equations.step(2);
        Map<String, Object> attributes =
                Map.of("draw", Draw.bernoulli(0.25), "per", Draw.Per.STEP, "ordinal", 1, "path", "1.Noise");
        Expr noise = Expr.node(Op.RANDOM, x.shape(), attributes);
        TracedModel model = new Equations().model(sequence, new Equations().scan(sequence, x, x.plus(noise)));
        Sequences input = Sequences.of(2, 2, 2, new float[8]);
        Point at = new Point(new double[0][], new double[8], new double[0][]);
        Setting setting = Setting.of(input, new long[] {0, 3}, new double[2]);
        assertThat(new Oracle(model).evaluate(at, setting).output()).containsOnly(0.25);
        assertThat(new Oracle(model)
                        .evaluate(at, setting.training((node, step, row, unit) -> 100 * step + 10 * row + unit))
                        .output())
                .containsExactly(0, 1, 310, 311, 100, 101, 410, 411);
    }

    @Test
    void structuralOperationsPlaceTheirOperands() {
        Equations e = new Equations();
        Expr x = Equations.sequence(2);
        Expr m = e.parameter("m", Shape.matrix(2, 3));
        double[][] matrix = {{1, 2, 3, 4, 5, 6}};
        Sequences input = Sequences.of(1, 1, 2, new float[] {10, 100});
        assertThat(run(e.model(x, Fn.matmul(x, m)), input, matrix)).containsExactly(410, 520, 630);
        assertThat(run(e.model(x, Fn.matmul(x, Fn.matmul(m, Fn.transpose(m)))), input, matrix))
                .containsExactly(10 * 14 + 100 * 32, 10 * 32 + 100 * 77);
        assertThat(run(e.model(x, Fn.concat(Fn.slice(x, 1, 2), x)), input, matrix))
                .containsExactly(100, 10, 100);
        assertThat(run(e.model(x, Fn.gather(m, Fn.slice(x, 0, 1).minus(9))), input, matrix))
                .containsExactly(4, 5, 6);
        assertThat(run(e.model(x, Fn.gather(m, Fn.slice(x, 0, 1))), input, matrix))
                .containsExactly(4, 5, 6);
        assertThat(run(e.model(x, x.plus(Fn.index(Axis.FEATURES, 2))), input, matrix))
                .containsExactly(10, 101);
        assertThat(run(e.model(x, Fn.matmul(x, Fn.identity(2))), input, matrix)).containsExactly(10, 100);
        assertThat(run(e.model(x, Fn.lerp(x, Expr.of(0), 0.25)), input, matrix)).containsExactly(7.5, 75);
        assertThat(run(e.model(x, Fn.select(Fn.less(x, 50), Expr.of(1), x)), input, matrix))
                .containsExactly(1, 100);
        assertThat(run(e.model(x, x.times(0).plus(Fn.sum(x, Axis.FEATURES))), input, matrix))
                .containsExactly(110, 110);
    }

    @Test
    void aBranchNotTakenContributesNoDerivative() {
        Expr x = Equations.sequence(1);
        TracedModel model =
                new Equations().model(x, Fn.select(Fn.less(x, 1), x, Fn.sqrt(x.minus(1)))); // √ has slope ∞ at 1
        Point at = new Point(new double[0][], new double[] {0.5}, new double[0][]);
        Point direction = new Point(new double[0][], new double[] {1}, new double[0][]);
        Setting setting = Setting.of(Sequences.of(1, 1, 1, new float[1]), new long[1], new double[1]);
        assertThat(new Oracle(model).evaluate(at, direction, setting).slope()).containsExactly(1);
    }
}
