package dev.rondo.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Specs;
import dev.rondo.core.trace.Gates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** Stacks of one to four layers drawn from everything registered, engine against oracle. */
public final class RandomStacks {
    private final Rondo rondo;

    private RandomStacks(Rondo rondo) {
        this.rondo = rondo;
    }

    /** {@code count} tests; the same seed draws the same stacks from the same plugins. */
    public static Stream<DynamicNode> of(Rondo rondo, int count, long seed) {
        RandomStacks stacks = new RandomStacks(rondo);
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
