package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** The contract of activations, as a list of tests. */
final class ActivationChecks {
    /** Both zeros, both sides of where formulas change, and numbers that overflow a careless exponential. */
    private static final float[] POINTS = points(
            0, 1e-30f, 1e-6f, 1e-3f, 0.25f, 0.5f, 0.999f, 1, 1.001f, 1.5f, 2, 2.999f, 3, 3.001f, 5, 10, 20, 50, 100,
            1e4f);

    private final Activation activation;
    private final Rondo rondo;

    private final Engines engines;

    private ActivationChecks(Activation activation, Rondo rondo, Engines engines) {
        this.activation = activation;
        this.rondo = rondo;
        this.engines = engines;
    }

    static Stream<DynamicNode> of(Activation activation, Rondo rondo, Engines engines) {
        ActivationChecks checks = new ActivationChecks(activation, rondo, engines);
        EngineChecks engine = new EngineChecks(engines);
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(dynamicTest("its example names it and builds", checks::exampleBuilds));
        tests.add(dynamicTest("it says where its formula comes from", checks::sourceIsNamed));
        tests.add(dynamicTest("it reads every option that it declares", checks::readsWhatItDeclares));
        for (Configured<Activation> use : checks.uses()) {
            for (double parameter : new double[] {0, -0.8, 0.8}) {
                String moved = parameter == 0 ? "" : ", parameters moved by " + parameter;
                tests.add(
                        dynamicTest("values and slopes of " + use.spec() + moved, () -> checks.slopes(use, parameter)));
            }
            tests.add(dynamicTest(use.spec() + " as a layer", () -> {
                Subject subject = checks.subject(List.of(gated(), use), Gates.STANDARD);
                engine.agreesWithOracle(subject, subject.input(5, 3, 5, 2, 0), subject.start(3));
                engine.piecesGiveTheWhole(subject);
                engine.paddingCountsForNothing(subject);
            }));
            tests.add(dynamicTest(use.spec() + " as a gate", () -> {
                for (Gates gates : List.of(new Gates(use, null), new Gates(null, use))) {
                    Subject subject = checks.subject(List.of(gated()), gates);
                    engine.agreesWithOracle(subject, subject.input(5, 3, 5, 2, 0), subject.start(3));
                    engine.derivativesAreLimitsOfDifferences(subject, subject.input(3, 2), subject.start(2));
                    engine.threadsDoNotChangeBits(subject);
                    engine.kernelsAgree(subject);
                }
            }));
        }
        return tests.stream();
    }

    private static float[] points(float... positive) {
        float[] both = Arrays.copyOf(positive, 2 * positive.length);
        for (int i = 0; i < positive.length; i++) {
            both[positive.length + i] = -positive[i];
        }
        return both;
    }

    private static Configured<?> gated() {
        return new Configured<>(new Gated(), 4, Map.of(), List.of(), "");
    }

    private Subject subject(List<Configured<?>> stack, Gates gates) {
        return Subject.of(stack, gates, rondo::activation, Subject.WIDTHS);
    }

    private Configured<Activation> example() {
        return rondo.activation(activation.describe().example());
    }

    /** The example, and the example with one option changed at a time. */
    @SuppressWarnings("unchecked") // a variant of an activation is an activation
    private List<Configured<Activation>> uses() {
        List<Configured<Activation>> uses = new ArrayList<>();
        uses.add(example());
        for (List<Configured<?>> variant : Variants.of(List.of(example()), activation.getClass())) {
            try {
                subject(variant, Gates.STANDARD);
                uses.add((Configured<Activation>) variant.get(0));
            } catch (UsageException refused) {
                Variants.checkRefusal(variant, refused);
            }
        }
        return uses;
    }

    private void exampleBuilds() {
        assertThat(example().plugin().getClass()).isEqualTo(activation.getClass());
        Subject subject = subject(List.of(example()), Gates.STANDARD);
        assertThat(subject.outputs()).as("an activation keeps the width").isEqualTo(subject.inputs());
    }

    private void sourceIsNamed() {
        assertThat(activation.describe().source())
                .as(
                        "%s names a paper, or says which standard formula it is",
                        activation.describe().name())
                .isPresent();
        for (Option<?> option : activation.describe().options()) {
            assertThat(option.doc())
                    .as("option %s says what it does", option.key())
                    .isNotBlank();
        }
    }

    private void readsWhatItDeclares() {
        Reading reading = new Reading();
        uses().forEach(use -> subject(List.of(reading.noting(use)), Gates.STANDARD));
        assertThat(reading.read()).containsAll(activation.describe().options());
    }

    /** Value and slope at every point, by an input that is shifted by trained zeros. */
    private void slopes(Configured<Activation> use, double parameter) {
        TracedModel model = new Tracer(Gates.STANDARD, rondo::activation)
                .trace(List.of(Configured.of(new Shift()), use), POINTS.length);
        float[][] parameters = Subject.of(model).parameters();
        Arrays.fill(parameters[0], 0);
        for (int p = 1; p < parameters.length; p++) {
            for (int i = 0; i < parameters[p].length; i++) {
                parameters[p][i] += (float) parameter;
            }
        }
        Sequences input = Sequences.of(1, 1, POINTS.length, POINTS);
        ModelState state = ModelState.zero(model.states(), 1);
        float[] ones = new float[POINTS.length];
        Arrays.fill(ones, 1);
        Oracle.Goal goal = new Oracle.Goal(Configured.of(new Projection()), ones, new float[] {1});
        RandomKey key = new RandomKey(1, 0, 0);
        Point at = Point.of(parameters, input, state);
        Setting setting = Setting.of(input, state).training(engines.draws(key));
        float[][] gradients = new float[parameters.length][];
        for (int p = 0; p < parameters.length; p++) {
            gradients[p] = new float[parameters[p].length];
        }
        try (Engine usual = engines.usual()) {
            Engine.Pass pass = usual.differentiator(model, goal.objective())
                    .run(parameters, input, ones, goal.weights(), state, key, gradients);
            Oracle oracle = new Oracle(model);
            Near.each(
                    "value", POINTS, pass.output(), oracle.evaluate(at, setting).output());
            double[][] expected = oracle.gradient(at, setting, goal);
            Near.each("slope", POINTS, gradients[0], expected[0]);
            for (int p = 1; p < parameters.length; p++) {
                String name = "slope by " + model.parameters().get(p).name();
                if (expected[p].length == POINTS.length) { // far out the terms of a derivative by a parameter cancel
                    Near.each(name, POINTS, gradients[p], expected[p], 0.02);
                } else {
                    Near.gradient(name, gradients[p], expected[p], 0);
                }
            }
        }
    }
}
