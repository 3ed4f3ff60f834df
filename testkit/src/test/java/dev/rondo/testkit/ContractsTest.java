package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.spi.Layer;
import dev.rondo.core.Rondo;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** A contract is worth what it catches: plugins and engines with one mistake each. */
final class ContractsTest {
    /** The exact engine, in one set-up of three with a mistake. */
    private record Mixed(
            UnaryOperator<Engine> usually, UnaryOperator<Engine> onTwoThreads, UnaryOperator<Engine> plainly)
            implements Engines {
        static Mixed everywhere(UnaryOperator<Engine> mistake) {
            return new Mixed(mistake, mistake, mistake);
        }

        private Engine exact() {
            return new OracleEngine(key -> Draws.MEANS);
        }

        @Override
        public Engine usual() {
            return usually.apply(exact());
        }

        @Override
        public Engine threads(int count) {
            return count == 1 ? usual() : onTwoThreads.apply(exact());
        }

        @Override
        public Engine plain() {
            return plainly.apply(exact());
        }

        @Override
        public Draws draws(RandomKey key) {
            return Draws.MEANS;
        }
    }

    /** An engine whose inputs and results something changes. */
    private record Changed(
            Engine engine, UnaryOperator<Sequences> input, UnaryOperator<Engine.Result> result, float gradient)
            implements Engine {
        static Engine input(Engine engine, UnaryOperator<Sequences> input) {
            return new Changed(engine, input, result -> result, 1);
        }

        static Engine result(Engine engine, UnaryOperator<Engine.Result> result) {
            return new Changed(engine, input -> input, result, 1);
        }

        static Engine gradient(Engine engine, double factor) {
            return new Changed(engine, input -> input, result -> result, (float) factor);
        }

        @Override
        public Evaluator evaluator(TracedModel model) {
            Evaluator evaluator = engine.evaluator(model);
            return (parameters, fed, state) -> result.apply(evaluator.run(parameters, input.apply(fed), state));
        }

        @Override
        public Differentiator differentiator(TracedModel model, Objective objective) {
            Differentiator exact = engine.differentiator(model, objective);
            return (parameters, fed, target, weights, state, key, gradients) -> {
                Pass pass = exact.run(parameters, input.apply(fed), target, weights, state, key, gradients);
                float[] last = gradients[gradients.length - 1];
                for (int i = 0; i < last.length; i++) {
                    last[i] *= gradient;
                }
                return pass;
            };
        }

        @Override
        public String description() {
            return engine.description();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static final String LARGE =
            "values and gradients, sizes that fill no vector"; // minutes for the exact engine

    private static final Mixed EXACT = Mixed.everywhere(engine -> engine);

    /** What went wrong, by the name of the test. */
    private static Map<String, Throwable> failures(Layer layer, Engines engines) {
        Map<String, Throwable> failures = new TreeMap<>();
        LayerChecks.of(layer, Rondo.create(), engines)
                .map(DynamicTest.class::cast)
                .filter(test -> !test.getDisplayName().equals(LARGE))
                .forEach(test -> {
                    try {
                        test.getExecutable().execute();
                    } catch (Throwable failure) {
                        failures.put(test.getDisplayName(), failure);
                    }
                });
        return failures;
    }

    private static void catches(UnaryOperator<Engine> mistake, String... tests) {
        assertThat(failures(new Honest(), Mixed.everywhere(mistake))).containsKeys(tests);
    }

    @Test
    void anHonestCellOnAnExactEnginePasses() {
        assertThat(failures(new Honest(), EXACT)).isEmpty();
    }

    @Test
    void mistakesInAPluginAreToldApart() {
        assertThat(failures(new Mistaken(), EXACT))
                .containsOnlyKeys(
                        "it says where its equations come from",
                        "it reads every option that it declares",
                        "its gates can be replaced");
    }

    @Test
    void anOptionThatIsReadButNotDeclaredIsNamed() {
        assertThat(failures(new Undeclared(), EXACT).get("its example names it and builds"))
                .hasMessageContaining("'bias' is read but not declared");
    }

    @Test
    void aGradientThatIsOffByAThousandthIsCaught() {
        catches(
                engine -> Changed.gradient(engine, 1.001),
                "values and gradients, full rows from the start",
                "values and gradients, one step",
                "values and gradients, within two directions");
    }

    @Test
    void aStateThatIsLostIsCaught() {
        catches(
                engine -> Changed.result(
                        engine,
                        result -> new Engine.Result(
                                result.output(),
                                ModelState.zero(
                                        result.state().slots(), result.state().batch()))),
                "pieces give the whole",
                "values and gradients, rows of all lengths in mid-stream");
    }

    @Test
    void paddingThatIsReadIsCaught() {
        catches(
                engine -> Changed.input(
                        engine, input -> Sequences.of(input.steps(), input.batch(), input.width(), input.values())),
                "padding counts for nothing",
                "values and gradients, rows of all lengths in mid-stream");
    }

    @Test
    void rowsThatMeetAreCaught() {
        catches(
                engine -> Changed.result(engine, result -> {
                    float[] output = result.output().clone();
                    output[0] += 0.01f * output[output.length - 1];
                    return new Engine.Result(output, result.state());
                }),
                "rows are independent");
    }

    @Test
    void bitsThatDependOnThreadsAreCaught() {
        Mixed engines = new Mixed(engine -> engine, engine -> Changed.gradient(engine, 1 + 1e-6), engine -> engine);
        assertThat(failures(new Honest(), engines)).containsOnlyKeys("threads do not change bits");
    }

    @Test
    void kernelsThatDisagreeAreCaught() {
        Mixed engines = new Mixed(engine -> engine, engine -> engine, engine -> Changed.gradient(engine, 1.01));
        assertThat(failures(new Honest(), engines)).containsOnlyKeys("kernels agree");
    }

    @Test
    void theListOfTestsIsTheSameForEveryCell() {
        List<String> names = LayerChecks.of(new Honest(), Rondo.create(), EXACT)
                .map(test -> test.getDisplayName())
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(15);
    }
}
