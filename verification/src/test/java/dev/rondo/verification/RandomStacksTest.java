package dev.rondo.verification;

import dev.rondo.core.Rondo;
import dev.rondo.testkit.RandomStacks;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Layers meet in ways that nobody thought of. */
final class RandomStacksTest {
    @TestFactory
    Stream<DynamicNode> stacks() {
        return RandomStacks.of(Rondo.create(), 60, 1);
    }
}
