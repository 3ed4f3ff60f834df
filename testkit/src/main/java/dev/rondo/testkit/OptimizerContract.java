package dev.rondo.testkit;

import dev.rondo.api.spi.Optimizer;
import dev.rondo.core.Rondo;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every optimiser must do, as tests.
 *
 * <pre>{@code
 * final class MyOptimizerTest implements OptimizerContract {
 *     @Override public Optimizer optimizer() { return new MyOptimizer(); }
 * }
 * }</pre>
 *
 * <p>It descends a quadratic of matrices, vectors and single numbers, gives the same bits each time and after its state was
 * saved and restored, and survives gradients that are zero, tiny or huge.
 */
public interface OptimizerContract {
    /** The optimiser under test; it must be registered, so that its example can be read. */
    Optimizer optimizer();

    @TestFactory
    default Stream<DynamicNode> keepsTheContractOfOptimizers() {
        return OptimizerChecks.of(optimizer(), Rondo.create());
    }
}
