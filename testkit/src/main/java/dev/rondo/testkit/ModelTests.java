package dev.rondo.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Specs;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** Whole models, engine against oracle: stacks drawn from everything registered, and shapes that fill caches. */
public final class ModelTests {
    private final Rondo rondo;

    private ModelTests(Rondo rondo) {
        this.rondo = rondo;
    }

    /** A test of {@code layers} on {@code batch} rows, full ones and rows of all lengths. */
    public static DynamicNode of(Rondo rondo, String layers, int steps, int batch, int inputs) {
        EngineChecks engine = new EngineChecks(new RondoEngines());
        String name = "%s on [%d, %d, %d]".formatted(layers, steps, batch, inputs);
        return dynamicTest(name, () -> {
            Subject subject = Subject.of(rondo.layers(layers), Gates.STANDARD, rondo::activation, inputs);
            int[] lengths = new Random(steps).ints(batch, 0, steps + 1).toArray();
            engine.agreesAlongDirections(subject, subject.input(steps, batch), subject.start(batch));
            engine.agreesAlongDirections(subject, subject.input(steps, batch, lengths), subject.start(batch));
        });
    }

    /** A test of equations that need no registry: values, every gradient, bits, pieces and padding. */
    public static DynamicNode of(String name, List<Configured<?>> layers, int inputs) {
        EngineChecks engine = new EngineChecks(new RondoEngines());
        return dynamicTest(name, () -> {
            Tracer tracer = new Tracer(Gates.STANDARD, spec -> {
                throw new UsageException("no activation " + spec + " here");
            });
            Subject subject = Subject.of(tracer.trace(layers, inputs));
            engine.agreesWithOracle(subject, subject.input(5, 3, 5, 2, 0), subject.start(3));
            engine.agreesWithOracle(subject, subject.input(4, 2), subject.cold(2));
            engine.agreesWithOracle(subject, subject.input(1, 2), subject.start(2));
            if (!EngineChecks.uses(subject.model(), Op.STOP_GRADIENT)) {
                engine.derivativesAreLimitsOfDifferences(subject, subject.input(3, 2), subject.start(2));
            }
            engine.paddingCountsForNothing(subject);
            engine.threadsDoNotChangeBits(subject);
            engine.kernelsAgree(subject);
            if (subject.model().causal()) {
                engine.piecesGiveTheWhole(subject);
            }
        });
    }

    /** {@code count} tests of stacks of one to four layers; the same seed draws the same stacks from the same plugins. */
    public static Stream<DynamicNode> randomStacks(Rondo rondo, int count, long seed) {
        ModelTests stacks = new ModelTests(rondo);
        EngineChecks engine = new EngineChecks(new RondoEngines());
        return IntStream.range(0, count).mapToObj(i -> {
            Random random = new Random(seed + i);
            List<Configured<?>> stack = stacks.draw(random);
            Subject subject = stacks.subject(stack);
            return dynamicTest(Specs.print(stack), () -> {
                int steps = 1 + random.nextInt(6);
                int batch = 1 + random.nextInt(4);
                int[] lengths = random.nextBoolean()
                        ? new int[0]
                        : random.ints(batch, 0, steps + 1).toArray();
                engine.agreesAlongDirections(subject, subject.input(steps, batch, lengths), subject.start(batch));
                engine.threadsDoNotChangeBits(subject);
            });
        });
    }

    /** A stack that can be traced: what does not fit is drawn again. */
    private List<Configured<?>> draw(Random random) {
        while (true) {
            List<Configured<?>> stack = new ArrayList<>();
            int depth = 1 + random.nextInt(4);
            for (int i = 0; i < depth; i++) {
                stack.addAll(layer(random));
            }
            try {
                subject(stack);
                return stack;
            } catch (UsageException doesNotFit) {
                continue;
            }
        }
    }

    private Subject subject(List<Configured<?>> stack) {
        return Subject.of(stack, Gates.STANDARD, rondo::activation, Subject.WIDTHS);
    }

    private List<Configured<?>> layer(Random random) {
        List<Registered<?>> all = new ArrayList<>(rondo.registry().all(Kind.LAYER));
        all.addAll(rondo.registry().all(Kind.ACTIVATION));
        Registered<?> chosen = all.get(random.nextInt(all.size()));
        List<Configured<?>> stack =
                Variants.sized(rondo.layers(chosen.descriptor().example()), 1 + random.nextInt(6));
        List<List<Configured<?>>> variants = Variants.of(stack, chosen.plugin().getClass());
        return variants.isEmpty() || random.nextBoolean() ? stack : variants.get(random.nextInt(variants.size()));
    }
}
