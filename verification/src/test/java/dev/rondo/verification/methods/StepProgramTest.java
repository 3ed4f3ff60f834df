package dev.rondo.verification.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Moment;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.TrainingScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomDraws;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.method.StepProgram;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Initialiser;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import dev.rondo.testkit.Oracle;
import dev.rondo.testkit.Point;
import dev.rondo.testkit.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The step of every registered layer does what the engine's whole sequences do, and its derivatives are those of the oracle. */
class StepProgramTest {
    private static final int STEPS = 4;
    private static final int ROWS = 3;
    private static final RandomKey KEY = new RandomKey(5, 2, 1);
    private static Rondo rondo;

    @BeforeAll
    static void start() {
        rondo = Rondo.create();
    }

    @AfterAll
    static void stop() {
        rondo.engine().close();
    }

    /** Answers the gradient of the step alone, and keeps how the output changes when the states change as they say. */
    private static final class Probe implements TrainingMethod {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Probe");
        }

        @Override
        public Moment moment(OptionScope s) {
            return new Moment.EachStep();
        }

        @Override
        public Bundle update(TrainingScope s) {
            Bundle along = s.memory("along", s.states());
            Bundle output = Bundle.of("output", s.output());
            s.memory("change", output);
            s.next("along", along);
            s.next("change", s.tangent(output, s.states(), along));
            return s.gradient(s.loss(), s.parameters());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyLayer() {
        return layers().filter(each -> step(model(each)) != null)
                .map(each -> dynamicTest(each.name(), () -> agrees(model(each))));
    }

    @Test
    void layersThatNeedMoreThanOneStepAreRefused() {
        Set<String> refused = new TreeSet<>();
        layers().filter(each -> step(model(each)) == null).forEach(each -> refused.add(each.name()));
        assertThat(refused).containsExactly("Bidirectional", "ClipGradient", "LiGRU");
    }

    private static Stream<Registered<Layer>> layers() {
        return rondo.registry().all(Kind.LAYER).stream().filter(each -> !each.isPreset());
    }

    private static StepProgram step(TracedModel model) {
        try {
            return StepProgram.create(rondo.kernels(), Configured.of(new Probe()), model, objective(model), ROWS);
        } catch (UsageException refused) {
            assertThat(refused)
                    .hasMessageMatching(
                            "the model (cannot be trained step by step|has no forward mode).* \\d\\.\\w+ .*");
            return null;
        }
    }

    private static Objective objective(TracedModel model) {
        return Objective.ofNumbers(rondo.specs().loss("MSE"), model.output().width());
    }

    /** The example with four units in each layer; it says how many columns it reads. */
    private static TracedModel model(Registered<Layer> layer) {
        List<Configured<?>> stack = small(rondo.layers(layer.descriptor().example()));
        UsageException last = null;
        for (int inputs : new int[] {3, 1, 4}) {
            try {
                return new Tracer(Gates.STANDARD, rondo::activation).trace(stack, inputs);
            } catch (UsageException tryAnother) {
                last = tryAnother;
            }
        }
        throw Objects.requireNonNull(last);
    }

    private static List<Configured<?>> small(List<Configured<?>> stack) {
        List<Configured<?>> small = new ArrayList<>();
        stack.forEach(each -> small.add(small(each)));
        return small;
    }

    private static <P extends Plugin> Configured<P> small(Configured<P> use) {
        int size = use.size() > 0 ? 4 : 0;
        return new Configured<>(use.plugin(), size, use.options(), small(use.wrapped()), use.argument());
    }

    private static void agrees(TracedModel model) {
        StepProgram program = Objects.requireNonNull(step(model));
        Random random = new Random(7);
        float[][] parameters = Initialiser.fill(rondo.kernels(), model.stored(), 3);
        for (float[] each : parameters) {
            for (int i = 0; i < each.length; i++) {
                each[i] += (float) (0.1 * random.nextGaussian()); // so that no bias is zero
            }
        }
        Sequences input = input(model, random);
        float[] target = normal(random, STEPS * ROWS * model.output().width());
        float[] shares = {0.5f, 0.25f, 0.25f};
        Engine.Differentiator whole = rondo.engine().differentiator(model, objective(model));
        ModelState state = ModelState.zero(model.states(), ROWS);
        float[][] expected = zeros(parameters);
        float[][] gradients = zeros(parameters);
        float[] output = new float[STEPS * ROWS * model.output().width()];
        for (int t = 0; t < STEPS; t++) {
            Sequences piece = piece(input, t);
            float[] wanted = part(target, t);
            Engine.Pass pass = whole.run(parameters, piece, wanted, shares(piece, shares), state, KEY, expected);
            program.begin(state);
            Point direction = direction(program, model, state, random);
            double loss = program.run(parameters, input, t, target, shares(piece, shares), KEY, gradients);
            program.output(output, t);
            program.advance(input, t);
            near("loss", new float[] {(float) loss}, Point.doubles(new float[] {(float) pass.loss()}));
            near("output", part(output, t), Point.doubles(pass.output()));
            for (int i = 0; i < gradients.length; i++) {
                near(model.parameters().get(i).name(), gradients[i], Point.doubles(expected[i]));
            }
            ModelState after = program.state();
            for (int i = 0; i < model.states().size(); i++) {
                near(
                        model.states().get(i).name(),
                        after.values(i),
                        Point.doubles(pass.state().values(i)));
            }
            assertThat(after.seen()).isEqualTo(pass.state().seen());
            assertThat(after.origins()).isEqualTo(pass.state().origins());
            near("change", program.memory().get("change/output"), slope(model, parameters, piece, state, direction));
            state = pass.state();
        }
    }

    /** Rows of different lengths at uneven times; what is looked up in a table is a whole number. */
    private static Sequences input(TracedModel model, Random random) {
        boolean whole = Graphs.reachable(model.output()).stream().anyMatch(each -> each.op() == Op.GATHER);
        float[] values = normal(random, STEPS * ROWS * model.input().width());
        double[] stamps = new double[STEPS * ROWS];
        for (int i = 0; i < values.length && whole; i++) {
            values[i] = random.nextInt(3);
        }
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = 100 + i / ROWS + random.nextDouble();
        }
        return Sequences.of(STEPS, ROWS, model.input().width(), values)
                .withStamps(stamps)
                .withLengths(STEPS, STEPS - 1, 1);
    }

    private static Sequences piece(Sequences all, int t) {
        double[] stamps = Objects.requireNonNull(all.stamps());
        int[] lengths = Arrays.stream(Objects.requireNonNull(all.lengths()))
                .map(each -> each > t ? 1 : 0)
                .toArray();
        return Sequences.of(1, ROWS, all.width(), part(all.values(), t))
                .withStamps(Arrays.copyOfRange(stamps, t * ROWS, (t + 1) * ROWS))
                .withLengths(lengths);
    }

    private static float[] part(float[] all, int t) {
        int each = all.length / STEPS;
        return Arrays.copyOfRange(all, t * each, (t + 1) * each);
    }

    /** Rows that have ended do not count. */
    private static float[] shares(Sequences piece, float[] shares) {
        float[] counting = shares.clone();
        for (int row = 0; row < ROWS; row++) {
            counting[row] *= Objects.requireNonNull(piece.lengths())[row];
        }
        return counting;
    }

    /** Lets the program see a change of the states, and gives the same as the oracle takes it. */
    private static Point direction(StepProgram program, TracedModel model, ModelState state, Random random) {
        Map<String, float[]> memory = program.memory();
        Point direction = Point.of(new float[0][], Sequences.of(1, 0, 0, new float[0]), state)
                .zero();
        for (int i = 0; i < model.states().size(); i++) {
            StateSlot slot = model.states().get(i);
            double[] values = direction.states()[i];
            int each = values.length / slot.steps();
            for (int part = 0; part < slot.steps(); part++) {
                boolean chain = memory.containsKey("along/" + slot.name() + "[" + part + "]");
                float[] along = memory.get("along/" + slot.name() + (chain ? "[" + part + "]" : ""));
                for (int k = 0; along != null && k < each; k++) {
                    along[k] = (float) random.nextGaussian();
                    values[part * each + k] = along[k];
                }
            }
        }
        program.restore(memory);
        return direction;
    }

    private static double[] slope(
            TracedModel model, float[][] parameters, Sequences piece, ModelState state, Point along) {
        Point at = Point.of(parameters, piece, state);
        Point zero = at.zero();
        Point direction = new Point(zero.parameters(), zero.input(), along.states());
        Setting setting = Setting.of(piece, state)
                .training((node, step, row, unit) -> RandomDraws.value(node, KEY, step, row, unit));
        return new Oracle(model).evaluate(at, direction, setting).slope();
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

    private static void near(String what, float[] got, double[] expected) {
        assertThat(got).as(what).hasSameSizeAs(expected);
        double largest =
                Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < got.length; i++) {
            assertThat((double) got[i]).as("%s, element %d", what, i).isCloseTo(expected[i], within(3e-6 * largest));
        }
    }
}
