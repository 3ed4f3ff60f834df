package dev.rondo.testkit;

import dev.rondo.api.spi.Activation;
import dev.rondo.core.Rondo;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every activation must do, as tests.
 *
 * <pre>{@code
 * final class MyActivationTest implements ActivationContract {
 *     @Override public Activation activation() { return new MyActivation(); }
 * }
 * }</pre>
 *
 * <p>Values and slopes, also those by its parameters, are compared with the {@link Oracle} at zero, on both sides of where
 * formulas change, and far out; then as a layer, and in place of the sigmoid and of the tanh of a cell.
 */
public interface ActivationContract {
    /** The activation under test; it must be registered, so that its example can be read. */
    Activation activation();

    @TestFactory
    default Stream<DynamicNode> keepsTheContractOfActivations() {
        return ActivationChecks.of(activation(), Rondo.create(), new RondoEngines());
    }
}
