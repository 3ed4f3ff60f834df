package dev.rondo.verification.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomDraws;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.method.ChunkProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Initialiser;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import dev.rondo.core.train.EpochFigures;
import dev.rondo.core.train.TrainingListener;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.core.train.TrainingResult;
import dev.rondo.testkit.Oracle;
import dev.rondo.testkit.Point;
import dev.rondo.testkit.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SM-G-SUM against sensitivities by the oracle, and when it changes parameters and takes them back. */
class SafeMutationTest {
    private static final RandomKey KEY = new RandomKey(3, 7, 0);
    private static final double SIZE = 0.3;
    private static Rondo rondo;

    @BeforeAll
    static void start() {
        rondo = Rondo.create();
    }

    @AfterAll
    static void stop() {
        rondo.engine().close();
    }

    /** x · W. */
    private static final class Product implements Cell {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Product").size(Descriptor.Size.REQUIRED);
        }

        @Override
        public Expr step(CellScope s, Expr x) {
            return s.linear("y", Term.weighted(x, s.parameter("W", Shape.matrix(2, 2), Init.ONES)));
        }
    }

    /** Inputs (1, 2) and (−1, 1): the first sums up to 0, which counts as 1, the second to 3. */
    @Test
    void aChangeIsDividedByTheSensitivity() {
        TracedModel model = trace(List.of(new Configured<>(new Product(), 2, Map.of(), List.of(), "")), 2);
        float[] values = {1, 2, -1, 1};
        for (Sequences input : List.of(Sequences.of(2, 1, 2, values), Sequences.of(1, 2, 2, values))) {
            double[] change = change(model, new float[][] {{0.1f, 0.2f, 0.3f, 0.4f}}, input)[0];
            for (int i = 0; i < 4; i++) {
                double expected = noise(1, i) * SIZE / (i < 2 ? 1 : 3); // the rows of W meet the inputs
                assertThat(change[i]).as("element %d", i).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GRU_3 Linear_2", "LSTM_2 SRU_2 Linear_3", "Bidirectional(RNN_2) Linear_1", "IndRNN_3 Linear_2"})
    void sensitivitiesAreThoseOfTheWholeSequence(String layers) {
        TracedModel model = trace(rondo.layers(layers), 2);
        float[][] parameters = Initialiser.fill(rondo.kernels(), model.stored(), 5);
        Random random = new Random(11);
        float[] values = new float[5 * 3 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Sequences input = Sequences.of(5, 3, 2, values).withLengths(5, 3, 4);
        double[][] changes = change(model, parameters, input);
        ModelState state = ModelState.zero(model.states(), 3);
        Point at = Point.of(parameters, input, state);
        int width = model.output().width();
        for (int p = 0; p < changes.length; p++) {
            for (int i = 0; i < changes[p].length; i++) {
                Point direction = at.zero();
                direction.parameters()[p][i] = 1;
                double[] slope = new Oracle(model)
                        .evaluate(at, direction, Setting.of(input, state))
                        .slope();
                double squares = 0;
                for (int k = 0; k < width; k++) {
                    double sum = 0;
                    for (int at2 = k; at2 < slope.length; at2 += width) {
                        sum += slope[at2];
                    }
                    squares += sum * sum;
                }
                double sensitivity = squares > 0 ? Math.max(Math.sqrt(squares), 0.01) : 1;
                double expected = noise(p + 1, i) * SIZE / sensitivity;
                assertThat(changes[p][i])
                        .as("%s, element %d", model.parameters().get(p).name(), i)
                        .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private static TracedModel trace(List<Configured<?>> layers, int inputs) {
        return new Tracer(Gates.STANDARD, rondo::activation).trace(layers, inputs);
    }

    private static double[][] change(TracedModel model, float[][] parameters, Sequences input) {
        Objective objective =
                Objective.ofNumbers(rondo.specs().loss("MSE"), model.output().width());
        int places = input.steps() * input.batch();
        Chunk chunk =
                new Chunk(0, true, input, new float[places * model.output().width()], new float[places], places);
        float[][] changed = Arrays.stream(parameters).map(float[]::clone).toArray(float[][]::new);
        ChunkProgram.create(
                        rondo.kernels(),
                        rondo.engine(),
                        rondo.specs().method("SafeMutation_size=" + SIZE),
                        model,
                        objective)
                .update(changed, chunk, KEY);
        double[][] change = new double[parameters.length][];
        for (int p = 0; p < change.length; p++) {
            change[p] = new double[parameters[p].length];
            for (int i = 0; i < change[p].length; i++) {
                change[p][i] = (double) changed[p][i] - parameters[p][i];
            }
        }
        return change;
    }

    private static double noise(int ordinal, int i) {
        Map<String, Object> place =
                Map.of("draw", Draw.normal(), "per", Draw.Per.CHUNK, "path", "method.SafeMutation", "ordinal", ordinal);
        return RandomDraws.value(Expr.node(Op.RANDOM, Shape.vector(1), place), KEY, 0, 0, i);
    }

    /** An optimiser that stands still leaves only what the method does: it mutates after two checks, and has two to be better. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatDoesNotHelpIsTakenBack(long seed) {
        Dataset data = Dataset.open(
                rondo.source("sine_1"), DataSetup.standard().withSeries(2).withLength(120));
        Model fresh = Model.of(rondo, ModelSpec.of("GRU_3", data), seed);
        TrainingPlan plan = TrainingPlan.standard()
                .withEpochs(14)
                .withChunks(20, 0)
                .withMethod("SafeMutation_size=0.5_after=2_keep=2")
                .withSeed(seed);
        List<String> notices = new ArrayList<>();
        TrainingResult result = rondo.trainer(
                        fresh.traced(), rondo.specs().loss("MSE"), rondo.optimizer("SGD_lr=0"), data, plan)
                .listener(new TrainingListener() {
                    @Override
                    public void notice(String sentence) {
                        notices.add(sentence);
                    }
                })
                .run(fresh.parameters());
        List<String> expected = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        double before = Double.NaN;
        double standing = Double.NaN;
        int waited = 0;
        for (EpochFigures each : result.history()) {
            double loss = each.validationLoss();
            if (!Double.isNaN(standing)) {
                assertThat(loss)
                        .as("epoch %d: nothing has changed", each.epoch())
                        .isEqualTo(standing);
            }
            standing = loss;
            waited++;
            if (loss < best * (1 - 1e-3)) {
                best = loss;
                before = Double.NaN;
                waited = 0;
            } else if (waited == 2) {
                boolean back = !Double.isNaN(before);
                expected.add("epoch " + each.epoch()
                        + (back
                                ? ": no better loss after the change either, so the parameters before it are back"
                                : ": no better loss for 2 epochs, so the parameters change on trial"));
                standing = back ? before : Double.NaN;
                before = back ? Double.NaN : loss;
                waited = 0;
            }
        }
        assertThat(notices).isEqualTo(expected).hasSizeGreaterThan(3);
    }
}
