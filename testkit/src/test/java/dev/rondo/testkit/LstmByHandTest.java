package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.TracedModel;
import org.junit.jupiter.api.Test;

/**
 * Two rows of an LSTM, the second one step shorter, against a loop in numpy; its gradient by complex steps of 1e-30.
 *
 * <pre>
 * sig = lambda z: 1/(1 + exp(-z)); gates f i g o: z = x W + h U + b
 * weights in order f.W f.U f.b i.W …: 0.8 sin(1 + 0.7 k), k = 0, 1, …
 * target[k] = 0.1 k, weights = [[1, .5], [.25, 2], [1, 0]]
 * </pre>
 */
final class LstmByHandTest {
    private static final Sequences INPUT =
            new Sequences(3, 2, 1, new float[] {0.5f, -1, 0.25f, 2, -0.75f, 9}, new int[] {3, 2}, null);
    private static final double[][] STATES = {{0.1, -0.2, 0.3, 0.4}, {-0.5, 0.6, 0.7, -0.8}};

    private final Oracle oracle = new Oracle(lstm());
    private final Point at = new Point(weights(), Point.doubles(INPUT.values()), STATES);
    private final Setting setting = Setting.of(INPUT, new long[2], new double[2]);

    private static TracedModel lstm() {
        Equations e = new Equations();
        Expr sequence = Equations.sequence(1);
        Expr x = Equations.step(1);
        Expr h = e.state("h", 2);
        Expr c = e.state("c", 2);
        Expr f = Fn.sigmoid(gate(e, "f", x, h));
        Expr i = Fn.sigmoid(gate(e, "i", x, h));
        Expr g = Fn.tanh(gate(e, "g", x, h));
        Expr o = Fn.sigmoid(gate(e, "o", x, h));
        Expr nextC = f.times(c).plus(i.times(g));
        Expr nextH = o.times(Fn.tanh(nextC));
        e.next(h, nextH);
        e.next(c, nextC);
        return e.model(sequence, e.scan(sequence, x, nextH));
    }

    private static Expr gate(Equations e, String name, Expr x, Expr h) {
        Expr fromInput = Fn.matmul(x, e.parameter(name + ".W", Shape.matrix(1, 2)));
        Expr fromState = Fn.matmul(h, e.parameter(name + ".U", Shape.matrix(2, 2)));
        return fromInput.plus(fromState).plus(e.parameter(name + ".b", Shape.vector(2)));
    }

    private static double[][] weights() {
        double[][] weights = new double[12][];
        int k = 0;
        for (int p = 0; p < 12; p++) {
            weights[p] = new double[p % 3 == 1 ? 4 : 2];
            for (int j = 0; j < weights[p].length; j++) {
                weights[p][j] = 0.8 * Math.sin(1 + 0.7 * k++);
            }
        }
        return weights;
    }

    private static Oracle.Goal goal() {
        float[] target = new float[12];
        for (int k = 0; k < 12; k++) {
            target[k] = 0.1f * k;
        }
        return new Oracle.Goal(Configured.of(new SquaredDistance()), target, new float[] {1, 0.5f, 0.25f, 2, 1, 0});
    }

    @Test
    void outputsAndStatesFollowTheEquationsAndStopWithTheRow() {
        Oracle.Outcome outcome = oracle.evaluate(at, setting);
        assertThat(outcome.output())
                .containsExactly(
                        new double[] {
                            -0.1566489311221574,
                            0.034764898908584384,
                            0.144428585015734,
                            -0.15221715489066728,
                            -0.1423640672257517,
                            -0.06324931620136806,
                            -0.04110776666674725,
                            -0.08412945236049371,
                            -0.10406523756414326,
                            -0.08983280511199383,
                            0,
                            0
                        },
                        within(1e-15));
        assertThat(outcome.states()[0])
                .containsExactly(
                        new double[] {
                            -0.10406523756414326, -0.08983280511199383, -0.04110776666674725, -0.08412945236049371
                        },
                        within(1e-15));
        assertThat(outcome.states()[1])
                .containsExactly(
                        new double[] {
                            -0.17387517034545724, -0.2344066058021475, -0.22444075097861363, -0.33567270174259534
                        },
                        within(1e-15));
        assertThat(outcome.seen()).containsExactly(3, 2);
    }

    @Test
    void gradientsByWeightsInputAndInitialStateAreThoseOfTheComplexStep() {
        Point gradient = oracle.wholeGradient(at, setting, goal());
        assertThat(oracle.loss(at, setting, goal())).isCloseTo(2.0671500935191096, within(1e-7));
        double[][] expected = {
            {-0.003071095022525754, -0.03556557639975012},
            {-0.015192612245934769, 0.014000045446965146, -0.013630167493218949, 0.01908383393572115},
            {0.02170320352439914, 0.05924180983776186},
            {0.08102436693980727, -0.0409712346443524},
            {-0.004081498305396767, 0.0037118809765163056, -0.015594078748667339, 0.009177168534511683},
            {0.10905504667182, 0.1431480464411373},
            {0.06116499799455668, -0.4572456619194601},
            {-0.009965987014135643, -0.04248239374168474, -0.01359428714909088, 0.029153622751581267},
            {-0.28440165835560693, -0.38476806568385924},
            {0.07257142955353912, 0.1431858180469469},
            {-0.0004284002498510154, 0.008635319309993107, -0.013570960412410694, -0.012630800814487477},
            {0.09922307016623552, 0.1703304503670483}
        };
        for (int p = 0; p < expected.length; p++) {
            assertThat(gradient.parameters()[p]).containsExactly(expected[p], within(1e-7)); // targets are floats
        }
        assertThat(gradient.input())
                .containsExactly(
                        new double[] {
                            -0.0031218324468601758,
                            0.05564757109300064,
                            0.02323342920906238,
                            -0.0842710357780133,
                            0.05988953809271047,
                            0
                        },
                        within(1e-7));
        assertThat(gradient.states()[0])
                .containsExactly(
                        new double[] {
                            -0.016696503356697267, -0.002553881497064031, -0.07766827821859248, -0.08204968177859093
                        },
                        within(1e-7));
        assertThat(gradient.states()[1])
                .containsExactly(
                        new double[] {
                            -0.04726315600509068, -0.061809377227589904, -0.049432552268402895, -0.07588081378853287
                        },
                        within(1e-7));
    }

    @Test
    void whatStandsInPaddingIsNeverRead() {
        Point spoilt = new Point(at.parameters(), at.input().clone(), at.states());
        spoilt.input()[5] = Double.NaN;
        assertThat(oracle.evaluate(spoilt, setting).output())
                .containsExactly(oracle.evaluate(at, setting).output());
        assertThat(oracle.gradient(spoilt, setting, goal())).isDeepEqualTo(oracle.gradient(at, setting, goal()));
    }

    @Test
    void aSequenceInPiecesGivesWhatTheWholeGives() {
        Oracle.Outcome whole = oracle.evaluate(at, setting);
        Sequences head = new Sequences(1, 2, 1, new float[] {0.5f, -1}, null, null);
        Sequences tail = new Sequences(2, 2, 1, new float[] {0.25f, 2, -0.75f, 9}, new int[] {2, 1}, null);
        Oracle.Outcome first = oracle.evaluate(
                new Point(weights(), Point.doubles(head.values()), STATES),
                Setting.of(head, new long[2], new double[2]));
        Oracle.Outcome second = oracle.evaluate(
                new Point(weights(), Point.doubles(tail.values()), first.states()),
                Setting.of(tail, first.seen(), first.origins()));
        assertThat(second.states()).isDeepEqualTo(whole.states());
        assertThat(second.seen()).containsExactly(whole.seen());
        assertThat(second.output()).containsExactly(java.util.Arrays.copyOfRange(whole.output(), 4, 12));
    }

    @Test
    void centralDifferencesAgreeWithTheDerivativesAlongARandomDirection() {
        Point direction = at.zero();
        java.util.Random random = new java.util.Random(1);
        for (double[] parameter : direction.parameters()) {
            java.util.Arrays.setAll(parameter, i -> random.nextGaussian());
        }
        double slope = oracle.slope(at, direction, setting, goal());
        assertThat(oracle.differences(at, direction, setting, goal(), 1e-5)).isCloseTo(slope, within(1e-8));
    }
}
