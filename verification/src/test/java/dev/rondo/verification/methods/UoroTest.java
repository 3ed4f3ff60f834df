package dev.rondo.verification.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.core.Rondo;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomDraws;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.method.StepProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Initialiser;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UORO against the values of the published equations, and on average against the exact gradient, which it estimates without bias. */
class UoroTest {
    private static Rondo rondo;

    @BeforeAll
    static void start() {
        rondo = Rondo.create();
    }

    @AfterAll
    static void stop() {
        rondo.engine().close();
    }

    // ---- s' = tanh(W s + x), ½ ‖s' − y‖²

    /** The language multiplies from the left, so its matrix is the transposed W. */
    private static final class TanhCell implements Cell {
        @Override
        public Descriptor describe() {
            return Descriptor.of("TanhCell").size(Descriptor.Size.REQUIRED);
        }

        @Override
        public Expr step(CellScope s, Expr x) {
            Expr transposed = s.parameter("W", Shape.matrix(2, 2), Init.ZEROS);
            return s.next("s", Fn.tanh(Fn.matmul(s.state("s"), transposed).plus(x)));
        }
    }

    private static final class HalfSquare implements Loss {
        @Override
        public Descriptor describe() {
            return Descriptor.of("HalfSquare");
        }

        @Override
        public Expr of(OptionScope s, Expr output, Expr target) {
            return Fn.sum(Fn.square(output.minus(target)), Axis.FEATURES).times(0.5);
        }
    }

    private static final double[] EXACT_1 = {0.164923935, -0.098954361, -0.439876754, 0.263926052};
    private static final double[] EXACT_2 = {-0.617392297, -0.009490586, 0.409335213, -0.114527196};
    private static final double[] DERIVATIVE = {
        0.59105763, -0.01751776, -0.09720650, 0.05832390, 0.09022098, -0.05413259, 0.55513309, -0.09036085
    };

    /** The two steps of the published case. */
    private static final class TanhCase {
        private final TracedModel model = new Tracer(Gates.STANDARD, rondo::activation)
                .trace(List.of(new Configured<>(new TanhCell(), 2, Map.of(), List.of(), "")), 2);
        private final StepProgram program = StepProgram.create(
                rondo.kernels(),
                rondo.specs().method("UORO"),
                model,
                Objective.ofNumbers(Configured.of(new HalfSquare()), 2),
                1);
        private final Sequences input = Sequences.of(2, 1, 2, new float[] {0.1f, 0.2f, -0.3f, 0.4f});
        private final float[][] gradient = {new float[4]};

        TanhCase() {
            program.begin(
                    ModelState.of(model.states(), 1, new float[][] {{0.5f, -0.3f}}, new long[] {0}, new double[] {0}));
        }

        /** The gradient by the rows of W. */
        double[] step(int t, RandomKey key) {
            float[][] transposed = {{0.5f, 0.3f, -0.2f, 0.8f}};
            program.run(transposed, input, t, new float[] {0, 1, 1, 0}, new float[] {1}, key, gradient);
            program.advance(input, t);
            return rows(gradient[0]);
        }

        double[] s() {
            return values(program.memory().get("s/1.TanhCell/s"));
        }

        double[] theta() {
            return rows(program.memory().get("theta/1.TanhCell/W"));
        }

        private static double[] rows(float[] columns) {
            return new double[] {columns[0], columns[2], columns[1], columns[3]};
        }
    }

    @Test
    void theEquationsGiveThePublishedValues() {
        TanhCase c = new TanhCase();
        RandomKey key = keys(List.of(2), 1, 2).get("+-++");
        near(c.step(0, key), 1e-6, EXACT_1);
        near(values(c.program.state().values(0)), 1e-6, 0.38847268, 0.10955847);
        near(c.s(), 1e-6, 0.732891652, -0.732891652);
        near(c.theta(), 1e-6, 0.579273194, -0.347563916, -0.674040248, 0.404424149);
        near(c.step(1, key), 1e-6, -0.841464214, 0.124952564, 0.626519064, -0.244837507);
        near(values(c.program.state().values(0)), 1e-6, -0.12698610, 0.54002336);
        near(c.s(), 1e-6, 1.270313562, 0.237457159);
        near(c.theta(), 1e-6, 1.078428607, -0.073957037, -0.030987470, 0.431215900);
    }

    @Test
    void theAverageOverAllSignsIsExact() {
        double[] gradient = new double[4];
        double[] derivative = new double[8];
        for (RandomKey key : keys(List.of(2), 1, 2).values()) {
            TanhCase c = new TanhCase();
            c.step(0, key);
            double[] second = c.step(1, key);
            for (int i = 0; i < 4; i++) {
                gradient[i] += second[i] / 16;
                derivative[i] += c.s()[0] * c.theta()[i] / 16;
                derivative[4 + i] += c.s()[1] * c.theta()[i] / 16;
            }
        }
        near(gradient, 1e-6, EXACT_2);
        near(derivative, 1e-6, DERIVATIVE);
    }

    // ---- real layers

    /** Three steps: what is learnt in the last goes back through two, whose signs are all tried. */
    @ParameterizedTest
    @CsvSource({
        "LSTM_1, 1",
        "LSTM_2_peephole=true, 1",
        "GRU_2, 1",
        "GRU_1, 2",
        "SRU_2, 1",
        "QRNN_2_window=2, 1",
        "QRNN_1 QRNN_1_window=2, 1",
        "GRU_1 SRU_1, 1",
        "InitialState(RNN_2), 1"
    })
    void onAverageItIsWhatBackPropagationGives(String layers, int rows) {
        int steps = 3;
        TracedModel model = new Tracer(Gates.STANDARD, rondo::activation).trace(rondo.layers(layers + " Linear_2"), 1);
        Objective objective = Objective.ofNumbers(rondo.specs().loss("MSE"), 2);
        float[][] parameters = Initialiser.fill(rondo.kernels(), model.stored(), 4);
        Random random = new Random(9);
        Sequences input = Sequences.of(steps, rows, 1, normal(random, steps * rows));
        float[] target = normal(random, steps * rows * 2);
        float[] shares = new float[rows];
        Arrays.fill(shares, 1f / rows);
        ModelState state = ModelState.zero(model.states(), rows);
        StepProgram program = StepProgram.create(rondo.kernels(), rondo.specs().method("UORO"), model, objective, rows);
        List<Integer> widths = new ArrayList<>();
        program.memory().forEach((name, values) -> {
            if (name.startsWith("s/")) {
                widths.add(values.length / rows);
            }
        });

        float[] onlyLast = new float[steps * rows];
        Arrays.fill(onlyLast, (steps - 1) * rows, steps * rows, 1f / rows);
        float[][] gradients = zeros(parameters);
        double[] sum = new double[0];
        Map<String, RandomKey> keys = keys(widths, rows, steps - 1);
        for (RandomKey key : keys.values()) {
            program.begin(state);
            program.forget();
            for (int t = 0; t < steps; t++) {
                program.run(parameters, input, t, target, shares, key, gradients);
                program.advance(input, t);
            }
            sum = plus(sum, gradients);
        }
        double[] mean = Arrays.stream(sum).map(each -> each / keys.size()).toArray();
        rondo.engine()
                .differentiator(model, objective)
                .run(parameters, input, target, onlyLast, state, new RandomKey(0, 0, 0), gradients);
        double[] exact = plus(new double[0], gradients);
        near(mean, 3e-6, exact);
        assertThat(Arrays.stream(exact).map(Math::abs).max().orElse(0)).isGreaterThan(0.01);
    }

    @Test
    void whatNoParameterReachesIsNoState() {
        TracedModel model =
                new Tracer(Gates.STANDARD, rondo::activation).trace(rondo.layers("QRNN_2_window=3 QRNN_2_window=2"), 1);
        StepProgram program = StepProgram.create(
                rondo.kernels(),
                rondo.specs().method("UORO"),
                model,
                Objective.ofNumbers(rondo.specs().loss("MSE"), 2),
                1);
        assertThat(program.memory().keySet().stream().filter(each -> each.startsWith("s/")))
                .containsExactlyInAnyOrder("s/1.QRNN/c", "s/2.QRNN/lag1[0]", "s/2.QRNN/c");
    }

    // ---- signs

    /**
     * For each pattern of signs a key that draws it, by the pattern: steps, then values, then rows, then units.
     *
     * @param widths of the values that signs are drawn for, in their order
     */
    private static Map<String, RandomKey> keys(List<Integer> widths, int rows, int steps) {
        int bits = steps * rows * widths.stream().mapToInt(each -> each).sum();
        Map<String, RandomKey> keys = new HashMap<>();
        for (int seed = 0; keys.size() < 1 << bits; seed++) {
            RandomKey key = new RandomKey(seed, 0, 0);
            StringBuilder pattern = new StringBuilder();
            for (int step = 0; step < steps; step++) {
                for (int i = 0; i < widths.size(); i++) {
                    Map<String, Object> place =
                            Map.of("draw", Draw.sign(), "per", Draw.Per.STEP, "path", "method.UORO", "ordinal", i + 1);
                    Expr node = Expr.node(Op.RANDOM, Shape.vector(widths.get(i)), place);
                    for (int row = 0; row < rows; row++) {
                        for (int unit = 0; unit < widths.get(i); unit++) {
                            pattern.append(RandomDraws.value(node, key, step, row, unit) < 0 ? '-' : '+');
                        }
                    }
                }
            }
            keys.putIfAbsent(pattern.toString(), key);
        }
        return keys;
    }

    private static float[] normal(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[][] zeros(float[][] like) {
        return Arrays.stream(like).map(each -> new float[each.length]).toArray(float[][]::new);
    }

    private static double[] plus(double[] sum, float[][] more) {
        double[] all = Arrays.stream(more)
                .flatMapToDouble(each -> Arrays.stream(values(each)))
                .toArray();
        for (int i = 0; i < sum.length; i++) {
            all[i] += sum[i];
        }
        return all;
    }

    private static double[] values(float[] floats) {
        double[] values = new double[floats.length];
        Arrays.setAll(values, i -> floats[i]);
        return values;
    }

    private static void near(double[] got, double tolerance, double... expected) {
        assertThat(got).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(got[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
