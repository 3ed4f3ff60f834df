package dev.rondo.verification.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.Accuracy;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.measure.Measure;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import dev.rondo.testkit.Oracle;
import dev.rondo.testkit.Point;
import dev.rondo.testkit.Setting;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses by hand; value and gradient of the engine against the oracle's, and the oracle's against differences. */
final class LossTest {
    private static final Rondo RONDO = Rondo.create();

    private static Objective objective(String loss, Integer... classes) {
        return RONDO.objective(loss, List.of(classes));
    }

    /** The mean loss of these outputs, step after step of one row. */
    private static double mean(Objective objective, float[] outputs, float... targets) {
        Expr output = leaf(objective.outputs());
        Expr target = objective.targetLeaf();
        return Measure.ofAll(targets.length / objective.targets())
                .bind(output, outputs)
                .bind(target, targets)
                .mean(objective.of(output, target));
    }

    private static Expr leaf(int width) {
        Shape shape = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, width);
        return Expr.node(Op.INPUT, shape, Map.of("name", "output"));
    }

    @Test
    void lossesOfNumbers() {
        float[] outputs = {1, 3, 2};
        float[] targets = {1, 2, 4};
        assertThat(mean(objective("MSE", 0), outputs, targets)).isEqualTo(5.0 / 3, within(1e-15));
        assertThat(mean(objective("MAE", 0), outputs, targets)).isEqualTo(1, within(1e-15));
        // errors 0, 1, -2: 0, 1/2, 2 - 1/2
        assertThat(mean(objective("Huber", 0), outputs, targets)).isEqualTo(2.0 / 3, within(1e-15));
        // 0, 1/2, 1.5 (2 - 0.75)
        assertThat(mean(objective("Huber_delta=1.5", 0), outputs, targets)).isEqualTo(2.375 / 3, within(1e-15));
        // two targets in two steps: ((1 + 4)/2 + (0 + 9)/2)/2
        assertThat(mean(objective("MSE", 0, 0), new float[] {1, 2, 3, 4}, 2, 4, 3, 1))
                .isEqualTo(3.5);
    }

    @Test
    void meanSquaredErrorIsThatOfTheTablesToTheBit() {
        Random random = new Random(3);
        float[] outputs = new float[1001];
        float[] targets = new float[1001];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) random.nextGaussian();
            targets[i] = (float) random.nextGaussian();
        }
        assertThat(mean(objective("MSE", 0), outputs, targets))
                .isEqualTo(Accuracy.of(targets, outputs).mse());
    }

    @Test
    void crossEntropy() {
        double[] z = {0.3, -1.2, 2};
        double sum = Math.exp(0.3) + Math.exp(-1.2) + Math.exp(2);
        for (int y = 0; y < 3; y++) {
            assertThat(mean(objective("CrossEntropy", 3), new float[] {0.3f, -1.2f, 2}, y))
                    .isEqualTo(Math.log(sum) - z[y], within(1e-7));
        }
        // A uniform guess among four costs ln 4.
        assertThat(mean(objective("CrossEntropy", 4), new float[8], 1, 3)).isEqualTo(Math.log(4), within(1e-15));
        // Two targets, of two and of three classes: the mean of both.
        assertThat(mean(objective("CrossEntropy", 2, 3), new float[5], 1, 2))
                .isEqualTo((Math.log(2) + Math.log(3)) / 2, within(1e-15));
    }

    @Test
    void crossEntropiesOfTwoClassesAgree() {
        for (float z : new float[] {-30, -2, 0, 0.7f, 25}) {
            for (int y = 0; y < 2; y++) {
                double expected = Math.log1p(Math.exp(y == 1 ? -z : z));
                assertThat(mean(objective("BinaryCrossEntropy", 2), new float[] {z}, y))
                        .isEqualTo(expected, within(1e-12 * Math.max(1, expected)));
                assertThat(mean(objective("CrossEntropy", 2), new float[] {0, z}, y))
                        .isEqualTo(expected, within(1e-12 * Math.max(1, expected)));
            }
        }
    }

    @Test
    void outputsOfAnySizeGiveAFiniteLoss() {
        assertThat(mean(objective("CrossEntropy", 2), new float[] {10_000, -10_000}, 1))
                .isEqualTo(20_000);
        assertThat(mean(objective("CrossEntropy", 2), new float[] {10_000, -10_000}, 0))
                .isZero();
        assertThat(mean(objective("BinaryCrossEntropy", 2), new float[] {-10_000}, 1))
                .isEqualTo(10_000);
    }

    @Test
    void predictionsAreProbabilities() {
        assertThat(probability("CrossEntropy", 3, 2, 0.3f, -1.2f, 2))
                .isEqualTo(Math.exp(2) / (Math.exp(0.3) + Math.exp(-1.2) + Math.exp(2)), within(1e-7));
        assertThat(probability("BinaryCrossEntropy", 2, 1, 0.7f)).isEqualTo(1 / (1 + Math.exp(-0.7)), within(1e-7));
        assertThat(probability("BinaryCrossEntropy", 2, 0, 0.7f)).isEqualTo(1 / (1 + Math.exp(0.7)), within(1e-7));
    }

    private static double probability(String loss, int classes, int of, float... outputs) {
        Objective objective = objective(loss, classes);
        Expr output = leaf(objective.outputs());
        Expr prediction = objective.prediction(objective.parts().get(0), output);
        assertThat(prediction.width()).isEqualTo(classes);
        Expr each = Fn.sum(Fn.slice(prediction, of, of + 1), Axis.FEATURES);
        return Measure.ofAll(1).bind(output, outputs).mean(each);
    }

    @Test
    void theUsualLossFollowsFromTheTargets() {
        assertThat(objective("", 0, 0).loss().spec()).isEqualTo("MSE");
        assertThat(objective("", 0, 0).outputs()).isEqualTo(2);
        assertThat(objective("", 65).loss().spec()).isEqualTo("CrossEntropy");
        assertThat(objective("", 65, 3).outputs()).isEqualTo(68);
        assertThat(objective("BinaryCrossEntropy", 2, 2).outputs()).isEqualTo(2);
    }

    @Test
    void aLossThatCannotCompareTheTargetSaysSo() {
        assertThatThrownBy(() -> objective("MSE", 7).outputs())
                .isInstanceOf(UsageException.class)
                .hasMessage("MSE: needs a target that is a number; this is one of 7 classes");
        assertThatThrownBy(() -> objective("CrossEntropy", 0).outputs())
                .hasMessage("CrossEntropy: needs a target with classes, but the target is a number");
        assertThatThrownBy(() -> objective("BinaryCrossEntropy", 3).outputs())
                .hasMessage("BinaryCrossEntropy: needs a target with two classes, but the target has 3 classes");
    }

    /** Every loss that is registered, on the targets that it takes. */
    static Stream<Arguments> losses() {
        return RONDO.registry().all(Kind.LOSS).stream().flatMap(each -> {
            String spec = each.descriptor().example();
            return Stream.of(List.of(0), List.of(0, 0, 0), List.of(2), List.of(5), List.of(2, 2), List.of(4, 3))
                    .filter(classes -> takes(spec, classes))
                    .map(classes -> Arguments.of(spec, classes));
        });
    }

    private static boolean takes(String spec, List<Integer> classes) {
        try {
            return RONDO.objective(spec, classes).outputs() > 0;
        } catch (UsageException refused) {
            return false;
        }
    }

    @Test
    void everyLossTakesSomething() {
        assertThat(losses().map(each -> each.get()[0]).distinct())
                .hasSameSizeAs(RONDO.registry().all(Kind.LOSS))
                .contains("MSE", "MAE", "CrossEntropy", "BinaryCrossEntropy");
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("losses")
    void engineAgreesWithOracle(String spec, List<Integer> classes) {
        Objective objective = RONDO.objective(spec, classes);
        int steps = 4;
        int batch = 3;
        TracedModel model = new Tracer(Gates.STANDARD, RONDO::activation)
                .trace(RONDO.layers("GRU_4 Linear_" + objective.outputs()), 2);
        Random random = new Random(11);
        float[][] parameters = model.parameters().stream()
                .map(Parameter::length)
                .map(length -> normal(random, length, 0.7))
                .toArray(float[][]::new);
        Sequences input = Sequences.of(steps, batch, 2, normal(random, steps * batch * 2, 1))
                .withLengths(4, 2, 3);
        float[] targets = new float[steps * batch * classes.size()];
        for (int i = 0; i < targets.length; i++) {
            int count = classes.get(i % classes.size());
            targets[i] = count == 0 ? (float) (3 * random.nextGaussian()) : random.nextInt(count);
        }
        float[] weights = {0.2f, 0, 0.3f, 0.1f, 0.1f, 0.2f, 0, 0, 0.5f, 0.3f, 0, 0};
        ModelState state = ModelState.zero(model.states(), batch);
        Point at = Point.of(parameters, input, state);
        Oracle.Goal goal = new Oracle.Goal(objective, targets, weights);
        Oracle oracle = new Oracle(model);
        float[][] gradients =
                Stream.of(parameters).map(each -> new float[each.length]).toArray(float[][]::new);
        try (Engine engine = new CpuEngine(KernelChoice.find().kernels(), 2)) {
            Engine.Pass pass = engine.differentiator(model, objective)
                    .run(parameters, input, targets, weights, state, new RandomKey(1, 0, 0), gradients);
            assertThat(pass.loss()).isEqualTo(oracle.loss(at, Setting.of(input, state), goal), within(2e-6));
        }
        double[][] expected = oracle.gradient(at, Setting.of(input, state), goal);
        for (int p = 0; p < expected.length; p++) {
            Point direction = at.zero();
            for (int i = 0; i < expected[p].length; i++) {
                assertThat((double) gradients[p][i]).isEqualTo(expected[p][i], within(3e-6));
                direction.parameters()[p][i] = 1;
                assertThat(oracle.differences(at, direction, Setting.of(input, state), goal, 1e-6))
                        .isEqualTo(expected[p][i], within(1e-7));
                direction.parameters()[p][i] = 0;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 600})
    void gradientOfCrossEntropyIsTheDifferenceOfProbabilities(int classes) {
        Objective objective = objective("CrossEntropy", classes);
        TracedModel model = new Tracer(Gates.STANDARD, RONDO::activation).trace(RONDO.layers("Linear_" + classes), 1);
        float[][] parameters = {normal(new Random(1), classes, 2), normal(new Random(2), classes, 2)};
        double[] z = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            z[k] = parameters[0][k] * 0.5f + parameters[1][k];
            sum += Math.exp(z[k]);
        }
        float[][] gradients = {new float[classes], new float[classes]};
        int came = classes - 1;
        try (Engine engine = new CpuEngine(KernelChoice.find().kernels(), 1)) {
            Engine.Pass pass = engine.differentiator(model, objective)
                    .run(
                            parameters,
                            Sequences.of(1, 1, 1, new float[] {0.5f}),
                            new float[] {came},
                            new float[] {1},
                            ModelState.zero(model.states(), 1),
                            new RandomKey(1, 0, 0),
                            gradients);
            assertThat(pass.loss()).isEqualTo(Math.log(sum) - z[came], within(1e-5));
        }
        for (int k = 0; k < classes; k++) {
            double expected = Math.exp(z[k]) / sum - (k == came ? 1 : 0);
            assertThat((double) gradients[1][k]).isEqualTo(expected, within(1e-6));
            assertThat((double) gradients[0][k]).isEqualTo(0.5 * expected, within(1e-6));
        }
    }

    private static float[] normal(Random random, int length, double deviation) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
