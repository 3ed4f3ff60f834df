package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Specs;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.function.Executable;

/** The contract of layers and cells, as a list of tests. */
final class LayerChecks {
    private final Layer layer;
    private final Rondo rondo;
    private final EngineChecks engine;

    private LayerChecks(Layer layer, Rondo rondo, Engines engines) {
        this.layer = layer;
        this.rondo = rondo;
        this.engine = new EngineChecks(engines);
    }

    static Stream<DynamicNode> of(Layer layer, Rondo rondo, Engines engines) {
        LayerChecks checks = new LayerChecks(layer, rondo, engines);
        EngineChecks engine = checks.engine;
        List<DynamicNode> tests = new ArrayList<>();
        checks.add(tests, "its example names it and builds", checks::exampleBuilds);
        checks.add(tests, "it says where its equations come from", checks::sourceIsNamed);
        checks.add(tests, "it reads every option that it declares", checks::readsWhatItDeclares);
        checks.add(tests, "its gates can be replaced", checks::gatesAreReplaceable);
        checks.add(tests, "it prints name, widths and number of parameters", checks::printsItself);
        checks.add(tests, "values and gradients, full rows from the start", () -> {
            Subject subject = checks.example();
            engine.agreesWithOracle(subject, subject.input(5, 3), subject.cold(3));
        });
        checks.add(
                tests,
                "values and gradients, rows of all lengths in mid-stream",
                () -> checks.ragged(checks.example()));
        checks.add(tests, "values and gradients, one step", () -> {
            Subject subject = checks.example();
            engine.agreesWithOracle(subject, subject.input(1, 2), subject.start(2));
        });
        checks.add(tests, "values and gradients, within two directions", () -> checks.ragged(checks.bothWays()));
        checks.add(tests, "every parameter matters", () -> {
            Subject subject = checks.example();
            engine.everyParameterMatters(subject, subject.input(5, 3));
        });
        for (List<Configured<?>> end : Variants.ends(checks.small(), layer.getClass())) {
            checks.add(tests, "values and gradients are finite: " + Specs.print(end), () -> checks.finite(end));
        }
        // What an equation excludes by its nature is no test of it, rather than one that passes without a look.
        if (!checks.exampleIs(model -> EngineChecks.uses(model, Op.STOP_GRADIENT))) {
            checks.add(tests, "derivatives are limits of differences", () -> {
                Subject subject = checks.example();
                engine.derivativesAreLimitsOfDifferences(subject, subject.input(4, 3, 4, 2, 0), subject.start(3));
            });
        }
        if (!checks.exampleIs(model -> !model.causal())) {
            checks.add(tests, "pieces give the whole", () -> engine.piecesGiveTheWhole(checks.example()));
            checks.add(tests, "steps give the whole", () -> {
                new ModelChecks(rondo).streams(checks.small(), checks.example());
            });
            if (!checks.exampleIs(model ->
                    EngineChecks.uses(model, Op.BATCH_MEAN))) { // a mean over a whole chunk depends on where it begins
                checks.add(tests, "draws go on over chunks", () -> engine.drawsGoOnOverChunks(checks.example()));
            }
        }
        checks.add(tests, "it comes back from its file", () -> {
            new ModelChecks(rondo).comesBackFromItsFile(checks.small(), checks.example());
        });
        checks.add(tests, "padding counts for nothing", () -> engine.paddingCountsForNothing(checks.example()));
        checks.add(tests, "rows are independent", () -> engine.rowsAreIndependent(checks.example()));
        checks.add(tests, "threads do not change bits", () -> engine.threadsDoNotChangeBits(checks.example()));
        checks.add(tests, "programs keep nothing", () -> engine.programsKeepNothing(checks.example()));
        checks.add(tests, "many threads may evaluate", () -> engine.manyThreadsMayEvaluate(checks.example()));
        checks.add(tests, "kernels agree", () -> engine.kernelsAgree(checks.example()));
        checks.add(tests, "values and gradients, sizes that fill no vector", () -> {
            Subject subject = checks.large();
            engine.agreesAlongDirections(subject, subject.input(9, 7, 9, 4, 0, 9, 1, 7, 8), subject.start(7));
        });
        for (List<Configured<?>> variant : checks.variants()) {
            checks.add(
                    tests,
                    "values and gradients of " + Specs.print(variant),
                    () -> checks.ragged(checks.subject(variant)));
        }
        return tests.stream();
    }

    /** Whether the example is known to be so; of one that cannot be built the tests tell why. */
    private boolean exampleIs(Predicate<TracedModel> such) {
        try {
            return such.test(example().model());
        } catch (UsageException cannotBeBuilt) {
            return false;
        }
    }

    private void add(List<DynamicNode> tests, String name, Executable test) {
        tests.add(dynamicTest(name, test));
    }

    private void finite(List<Configured<?>> end) {
        try {
            Subject subject = subject(end);
            engine.staysFinite(subject, subject.input(5, 3), subject.start(3));
        } catch (UsageException refused) {
            Variants.checkRefusal(end, refused);
        }
    }

    private void ragged(Subject subject) {
        engine.agreesWithOracle(subject, subject.input(5, 3, 5, 2, 0), subject.start(3));
    }

    private List<Configured<?>> small() {
        return Variants.sized(rondo.layers(layer.describe().example()), 4);
    }

    private Subject large() {
        return subject(Variants.sized(rondo.layers(layer.describe().example()), 36), 19, 1, 36);
    }

    private Subject example() {
        return subject(small());
    }

    private Subject subject(List<Configured<?>> stack) {
        return subject(stack, Subject.WIDTHS);
    }

    private Subject subject(List<Configured<?>> stack, int... widths) {
        return Subject.of(stack, Gates.STANDARD, rondo::activation, widths);
    }

    private Subject bothWays() {
        return subject(List.of(BothWays.of(small())));
    }

    /** Variants that the plugin accepts: one that an option's reason refuses is none. */
    private List<List<Configured<?>>> variants() {
        List<List<Configured<?>>> accepted = new ArrayList<>();
        for (List<Configured<?>> variant : Variants.of(small(), layer.getClass())) {
            try {
                subject(variant);
                accepted.add(variant);
            } catch (UsageException refused) {
                Variants.checkRefusal(variant, refused);
            }
        }
        return accepted;
    }

    private void exampleBuilds() {
        List<Configured<?>> stack = rondo.layers(layer.describe().example());
        assertThat(stack)
                .as(
                        "the example '%s' uses %s",
                        layer.describe().example(), layer.describe().name())
                .anyMatch(each -> each.plugin().getClass() == layer.getClass());
        assertThat(subject(stack).outputs()).isPositive();
    }

    private void sourceIsNamed() {
        Descriptor descriptor = layer.describe();
        assertThat(descriptor.source())
                .as("%s names a paper, or says which standard formula it is", descriptor.name())
                .isPresent();
        assertThat(descriptor).as("the same at every call").isEqualTo(layer.describe());
        for (Option<?> option : descriptor.options()) {
            assertThat(option.doc())
                    .as("option %s says what it does", option.key())
                    .isNotBlank();
        }
    }

    private void readsWhatItDeclares() {
        Reading reading = new Reading();
        List<List<Configured<?>>> uses = new ArrayList<>(variants());
        uses.add(small());
        for (List<Configured<?>> use : uses) {
            List<Configured<?>> noting = new ArrayList<>();
            for (Configured<?> each : use) {
                noting.add(each.plugin().getClass() == layer.getClass() ? reading.noting(each) : each);
            }
            subject(noting);
        }
        assertThat(reading.read())
                .as("options that are read, in the example or with one option changed")
                .containsAll(layer.describe().options());
    }

    /** Traced with opaque activations: what still shows a fixed function of a state is the plugin's own. */
    private void gatesAreReplaceable() {
        List<List<Configured<?>>> uses = new ArrayList<>(variants());
        uses.add(small());
        for (List<Configured<?>> use : uses) {
            Subject subject = Subject.of(use, Gates.STANDARD, spec -> Configured.of(new Opaque()), Subject.WIDTHS);
            for (Expr node : Graphs.reachable(subject.model().output())) {
                boolean fixed = (node.op() == Op.SIGMOID || node.op() == Op.TANH)
                        && !node.attributes().containsKey("gate");
                assertThat(fixed && node.shape().has(Axis.FEATURES) && Graphs.dependsOnState(node))
                        .as(
                                "%s applies Fn.%2$s to a value that depends on a state: s.%2$s lets users replace it",
                                Specs.print(use), node.op().name().toLowerCase(Locale.ROOT))
                        .isFalse();
            }
        }
    }

    private record Opaque() implements Activation {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Opaque").standard("Nothing.");
        }

        @Override
        public Expr of(ActivationScope s, Expr x) {
            return x.times(1);
        }
    }

    private void printsItself() {
        for (TracedLayer each : example().model().layers()) {
            assertThat(each)
                    .hasToString("%s(%d → %d), %s params"
                            .formatted(
                                    each.configured().name(),
                                    each.input().width(),
                                    each.output().width(),
                                    String.format(Locale.ROOT, "%,d", each.parameterCount())));
        }
    }
}
