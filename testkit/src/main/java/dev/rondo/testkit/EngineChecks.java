package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.expr.Op;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.TracedModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What every model must do on every engine. */
record EngineChecks(Engines engines) {
    private static final RandomKey KEY = new RandomKey(7, 2, 3);

    /** Values, new states and gradients of the engine are those of the oracle. */
    void agreesWithOracle(Subject subject, Sequences input, ModelState state) {
        Oracle oracle = new Oracle(subject.model());
        Point at = Point.of(subject.parameters(), input, state);
        Setting setting = Setting.of(input, state);
        try (Engine engine = engines.usual()) {
            Oracle.Outcome expected = oracle.evaluate(at, setting);
            Engine.Result result = engine.evaluator(subject.model()).run(subject.parameters(), input, state);
            Near.values("output", result.output(), expected.output());
            compareStates(subject, result.state(), expected);

            Setting training = setting.training(engines.draws(KEY));
            Oracle.Goal goal = subject.goal(input);
            Trained trained = train(engine, subject, input, state);
            Near.values(
                    "loss", new float[] {(float) trained.pass().loss()}, new double[] {oracle.loss(at, training, goal)
                    });
            Oracle.Outcome drawn = oracle.evaluate(at, training);
            Near.values("output in training", trained.pass().output(), drawn.output());
            compareStates(subject, trained.pass().state(), drawn);
            compareGradients(subject, trained.gradients(), oracle.gradient(at, training, goal));
            double[][] buffers = oracle.buffers(at, training);
            for (int i = 0; i < buffers.length; i++) {
                String name = subject.model().buffers().get(i).name();
                Near.values("new value of " + name, trained.buffers()[i], buffers[i]);
            }
        }
    }

    private static void compareStates(Subject subject, ModelState got, Oracle.Outcome expected) {
        if (!subject.model().causal()) {
            return;
        }
        for (int i = 0; i < expected.states().length; i++) {
            Near.values("state " + got.slots().get(i).name(), got.values(i), expected.states()[i]);
        }
        assertThat(got.seen()).as("steps seen").containsExactly(expected.seen());
        assertThat(got.origins()).as("origins of the clocks").containsExactly(expected.origins());
    }

    private static void compareGradients(Subject subject, float[][] got, double[][] expected) {
        List<Parameter> parameters = subject.model().parameters();
        double whole = Near.norm(expected);
        for (int p = 0; p < got.length; p++) {
            Near.gradient("gradient by " + parameters.get(p).name(), got[p], expected[p], whole);
        }
    }

    /**
     * Values are those of the oracle, and so is the gradient along one random direction for each parameter.
     *
     * <p>For models whose whole gradient would take the oracle too long.
     */
    void agreesAlongDirections(Subject subject, Sequences input, ModelState state) {
        Oracle oracle = new Oracle(subject.model());
        Point at = Point.of(subject.parameters(), input, state);
        Setting training = Setting.of(input, state).training(engines.draws(KEY));
        Oracle.Goal goal = subject.goal(input);
        try (Engine engine = engines.threads(2)) {
            Engine.Result result = engine.evaluator(subject.model()).run(subject.parameters(), input, state);
            Oracle.Outcome expected = oracle.evaluate(at, Setting.of(input, state));
            Near.values("output", result.output(), expected.output());
            compareStates(subject, result.state(), expected);
            Trained trained = train(engine, subject, input, state);
            double whole = 0;
            for (float[] gradient : trained.gradients()) {
                for (float each : gradient) {
                    whole += each * each;
                }
            }
            for (int p = 0; p < trained.gradients().length; p++) {
                Point direction = at.zero();
                double[] along = direction.parameters()[p];
                System.arraycopy(subject.direction(at).parameters()[p], 0, along, 0, along.length);
                double got = 0;
                double length = 0;
                for (int i = 0; i < along.length; i++) {
                    got += trained.gradients()[p][i] * along[i];
                    length += trained.gradients()[p][i] * trained.gradients()[p][i];
                }
                double slope = oracle.slope(at, direction, training, goal);
                assertThat(Math.abs(got - slope))
                        .as(
                                "gradient by %s along a direction: %s, expected %s",
                                subject.model().parameters().get(p).name(), got, slope)
                        .isLessThanOrEqualTo(
                                1e-4 * Math.max(Math.abs(slope), Math.sqrt(length)) + 1e-6 * Math.sqrt(whole) + 1e-7);
            }
        }
    }

    /** The oracle's derivatives are the limits of its differences; for models without {@code stopGradient}. */
    void derivativesAreLimitsOfDifferences(Subject subject, Sequences input, ModelState state) {
        Oracle oracle = new Oracle(subject.model());
        Point at = Point.of(subject.parameters(), input, state);
        Point direction = subject.direction(at);
        Setting training = Setting.of(input, state).training(engines.draws(KEY));
        Oracle.Goal goal = subject.goal(input);
        double slope = oracle.slope(at, direction, training, goal);
        double differences = oracle.differences(at, direction, training, goal, 1e-6);
        assertThat(Math.abs(slope - differences))
                .as("derivative %s, by differences %s", slope, differences)
                .isLessThanOrEqualTo(1e-5 * Math.max(Math.abs(slope), 1e-2));
    }

    /** Whether {@code model} has an operation that some checks are not for. */
    static boolean uses(TracedModel model, Op op) {
        return Graphs.reachable(model.output()).stream().anyMatch(node -> node.op() == op);
    }

    /** Every parameter has a say in the loss: one without is a mistake in the equations, or should not be there. */
    void everyParameterMatters(Subject subject, Sequences input) {
        try (Engine engine = engines.usual()) {
            // Some have their say at the start of a stream alone, others in its midst.
            float[][] first =
                    train(engine, subject, input, subject.cold(input.batch())).gradients();
            float[][] later =
                    train(engine, subject, input, subject.start(input.batch())).gradients();
            for (int p = 0; p < first.length; p++) {
                assertThat(anyButZero(first[p]) || anyButZero(later[p]))
                        .as(
                                "the loss depends on %s",
                                subject.model().parameters().get(p).name())
                        .isTrue();
            }
        }
    }

    private static boolean anyButZero(float[] values) {
        for (float each : values) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    /** Values, loss and gradients are finite. */
    void staysFinite(Subject subject, Sequences input, ModelState state) {
        try (Engine engine = engines.usual()) {
            Trained trained = train(engine, subject, input, state);
            assertFinite("the output in training", trained.pass().output());
            assertFinite(
                    "the output",
                    engine.evaluator(subject.model())
                            .run(subject.parameters(), input, state)
                            .output());
            for (int p = 0; p < trained.gradients().length; p++) {
                assertFinite(
                        "the gradient by " + subject.model().parameters().get(p).name(), trained.gradients()[p]);
            }
        }
    }

    private static void assertFinite(String what, float[] values) {
        for (float each : values) {
            assertThat(each).as(what).isFinite();
        }
    }

    /** A causal model fed in two pieces, cut anywhere, gives what the whole gives. */
    void piecesGiveTheWhole(Subject subject) {
        int steps = 6;
        Sequences whole = subject.input(steps, 2);
        ModelState warm = subject.start(2);
        try (Engine engine = engines.usual()) {
            Engine.Evaluator evaluator = engine.evaluator(subject.model());
            Engine.Result expected = evaluator.run(subject.parameters(), whole, warm);
            for (int cut = 1; cut < steps; cut++) {
                Engine.Result head = evaluator.run(subject.parameters(), piece(whole, 0, cut), warm);
                Engine.Result tail = evaluator.run(subject.parameters(), piece(whole, cut, steps), head.state());
                float[] joined = Arrays.copyOf(head.output(), expected.output().length);
                System.arraycopy(tail.output(), 0, joined, head.output().length, tail.output().length);
                Near.values("cut after step " + cut, joined, expected.output());
                for (int i = 0; i < warm.slots().size(); i++) {
                    Near.values(
                            "state " + warm.slots().get(i).name(),
                            tail.state().values(i),
                            expected.state().values(i));
                }
                assertThat(tail.state().seen()).containsExactly(expected.state().seen());
            }
        }
    }

    /** What is drawn in every step does not depend on where chunks begin; for models without {@code batchMean}. */
    void drawsGoOnOverChunks(Subject subject) {
        Sequences whole = subject.input(6, 2);
        ModelState warm = subject.start(2);
        try (Engine engine = engines.usual()) {
            Engine.Pass expected = train(engine, subject, whole, warm).pass();
            Engine.Pass head = train(engine, subject, piece(whole, 0, 2), warm).pass();
            Engine.Pass tail =
                    train(engine, subject, piece(whole, 2, 6), head.state()).pass();
            float[] joined = Arrays.copyOf(head.output(), expected.output().length);
            System.arraycopy(tail.output(), 0, joined, head.output().length, tail.output().length);
            Near.values("output in training, cut after step 2", joined, expected.output());
        }
    }

    /** Steps {@code from} to {@code to} of all rows. */
    static Sequences piece(Sequences whole, int from, int to) {
        int row = whole.batch() * whole.width();
        float[] values = Arrays.copyOfRange(whole.values(), from * row, to * row);
        Sequences piece = Sequences.of(to - from, whole.batch(), whole.width(), values);
        double[] stamps = whole.stamps();
        return stamps == null
                ? piece
                : piece.withStamps(Arrays.copyOfRange(stamps, from * whole.batch(), to * whole.batch()));
    }

    /** A row that ends early gives what the row alone gives, whatever the padding holds. */
    void paddingCountsForNothing(Subject subject) {
        int[] lengths = {6, 2, 0, 4};
        Sequences full = subject.input(6, 4);
        ModelState warm = subject.start(4);
        try (Engine engine = engines.usual()) {
            Engine.Evaluator evaluator = engine.evaluator(subject.model());
            Sequences padded = Subject.cut(full, Float.NaN, lengths);
            float[] output = evaluator.run(subject.parameters(), padded, warm).output();
            for (int row = 0; row < lengths.length; row++) {
                float[] expected = new float[6 * subject.outputs()];
                if (lengths[row] > 0) {
                    Sequences alone = row(piece(full, 0, lengths[row]), row);
                    float[] short1 = evaluator
                            .run(subject.parameters(), alone, row(warm, row))
                            .output();
                    System.arraycopy(short1, 0, expected, 0, short1.length);
                }
                Near.values("row " + row, column(output, 6, 4, row), expected);
            }
            Trained one = train(engine, subject, padded, warm);
            Trained other = train(engine, subject, Subject.cut(full, 123, lengths), warm);
            for (int p = 0; p < one.gradients().length; p++) {
                String name = subject.model().parameters().get(p).name();
                assertThat(Arrays.equals(one.gradients()[p], other.gradients()[p]))
                        .as("same gradient by " + name + " with other padding")
                        .isTrue();
            }
        }
    }

    /** In evaluation a row's output does not depend on the rows beside it. */
    void rowsAreIndependent(Subject subject) {
        Sequences full = subject.input(5, 3);
        ModelState warm = subject.start(3);
        try (Engine engine = engines.usual()) {
            Engine.Evaluator evaluator = engine.evaluator(subject.model());
            float[] together = evaluator.run(subject.parameters(), full, warm).output();
            for (int row = 0; row < 3; row++) {
                float[] alone = evaluator
                        .run(subject.parameters(), row(full, row), row(warm, row))
                        .output();
                Near.values("row " + row, column(together, 5, 3, row), alone);
            }
        }
    }

    private static Sequences row(Sequences all, int row) {
        float[] values = column(all.values(), all.steps(), all.batch(), row);
        Sequences alone = Sequences.of(all.steps(), 1, all.width(), values);
        double[] stamps = all.stamps();
        if (stamps == null) {
            return alone;
        }
        double[] own = new double[all.steps()];
        Arrays.setAll(own, t -> stamps[t * all.batch() + row]);
        return alone.withStamps(own);
    }

    private static ModelState row(ModelState all, int row) {
        float[][] values = new float[all.slots().size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = column(all.values(i), all.slots().get(i).steps(), all.batch(), row);
        }
        return ModelState.of(all.slots(), 1, values, new long[] {all.seen()[row]}, new double[] {all.origins()[row]});
    }

    /** The values of one row of [steps, batch, width]. */
    private static float[] column(float[] values, int steps, int batch, int row) {
        int width = values.length / (steps * batch);
        float[] column = new float[steps * width];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(values, (t * batch + row) * width, column, t * width, width);
        }
        return column;
    }

    /** One and two threads give the same bits, twice. */
    void threadsDoNotChangeBits(Subject subject) {
        Sequences input = subject.input(6, 5, 6, 3, 6, 0, 5);
        ModelState warm = subject.start(5);
        Trained expected = null;
        float[] evaluated = null;
        for (int threads : new int[] {1, 2, 2}) {
            try (Engine engine = engines.threads(threads)) {
                Trained trained = train(engine, subject, input, warm);
                float[] output = engine.evaluator(subject.model())
                        .run(subject.parameters(), input, warm)
                        .output();
                expected = expected == null ? trained : expected;
                evaluated = evaluated == null ? output : evaluated;
                String where = " on " + threads + " threads";
                assertThat(Arrays.equals(output, evaluated))
                        .as("same output" + where)
                        .isTrue();
                assertThat(trained.pass().loss())
                        .as("loss" + where)
                        .isEqualTo(expected.pass().loss());
                for (int p = 0; p < trained.gradients().length; p++) {
                    String name = subject.model().parameters().get(p).name();
                    assertThat(Arrays.equals(trained.gradients()[p], expected.gradients()[p]))
                            .as("same gradient by " + name + where)
                            .isTrue();
                }
            }
        }
    }

    /** A program that has run before gives the bits of a new one, whatever it was fed. */
    void programsKeepNothing(Subject subject) {
        Sequences input = subject.input(5, 3, 5, 2, 0);
        Sequences other = Subject.cut(subject.input(5, 3), 1e6f, 1, 5, 4);
        ModelState start = subject.start(3);
        try (Engine engine = engines.usual()) {
            Engine.Evaluator evaluator = engine.evaluator(subject.model());
            float[] first =
                    evaluator.run(subject.parameters(), input, start).output().clone();
            evaluator.run(subject.parameters(), other, subject.cold(3));
            float[] again = evaluator.run(subject.parameters(), input, start).output();
            assertThat(Arrays.equals(first, again)).as("same output").isTrue();

            Engine.Differentiator used =
                    engine.differentiator(subject.model(), subject.goal(input).objective());
            Trained expected = train(used, subject, input, start);
            train(used, subject, other, subject.cold(3));
            Trained got = train(used, subject, input, start);
            for (int p = 0; p < got.gradients().length; p++) {
                assertThat(Arrays.equals(got.gradients()[p], expected.gradients()[p]))
                        .as("same gradient by "
                                + subject.model().parameters().get(p).name())
                        .isTrue();
            }
        }
    }

    /** Any number of threads may evaluate with one program at once. */
    void manyThreadsMayEvaluate(Subject subject) {
        Sequences input = subject.input(4, 2);
        ModelState start = subject.start(2);
        try (Engine engine = engines.threads(2)) {
            Engine.Evaluator evaluator = engine.evaluator(subject.model());
            float[] alone = evaluator.run(subject.parameters(), input, start).output();
            boolean same = IntStream.range(0, 64)
                    .parallel()
                    .allMatch(i -> Arrays.equals(
                            alone,
                            evaluator.run(subject.parameters(), input, start).output()));
            assertThat(same).as("same output on every thread").isTrue();
        }
    }

    /** The fast kernels and the plain ones agree. */
    void kernelsAgree(Subject subject) {
        kernelsAgree(subject, subject.start(3));
    }

    /** The usual engine and the plain one agree on the next piece of three rows. */
    void kernelsAgree(Subject subject, ModelState state) {
        Sequences input = subject.input(5, 3, 5, 2, 4);
        try (Engine plain = engines.plain();
                Engine fast = engines.usual()) {
            Trained expected = train(plain, subject, input, state);
            Trained got = train(fast, subject, input, state);
            Near.values("output", got.pass().output(), expected.pass().output());
            double[][] gradients = new double[expected.gradients().length][];
            for (int p = 0; p < gradients.length; p++) {
                gradients[p] = Point.doubles(expected.gradients()[p]);
            }
            compareGradients(subject, got.gradients(), gradients);
        }
    }

    private record Trained(Engine.Pass pass, float[][] gradients, float[][] buffers) {}

    private static Trained train(Engine engine, Subject subject, Sequences input, ModelState state) {
        Engine.Differentiator differentiator =
                engine.differentiator(subject.model(), subject.goal(input).objective());
        return train(differentiator, subject, input, state);
    }

    private static Trained train(
            Engine.Differentiator differentiator, Subject subject, Sequences input, ModelState state) {
        Oracle.Goal goal = subject.goal(input);
        float[][] results = new float[subject.parameters().length][];
        for (int p = 0; p < results.length; p++) {
            results[p] = new float[subject.parameters()[p].length];
            Arrays.fill(results[p], Float.NaN); // must be overwritten, not added to
        }
        Engine.Pass pass =
                differentiator.run(subject.parameters(), input, goal.target(), goal.weights(), state, KEY, results);
        int parameters = subject.model().parameters().size();
        return new Trained(
                pass, Arrays.copyOf(results, parameters), Arrays.copyOfRange(results, parameters, results.length));
    }
}
