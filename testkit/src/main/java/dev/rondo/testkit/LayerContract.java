package dev.rondo.testkit;

import dev.rondo.api.spi.Layer;
import dev.rondo.core.Rondo;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every layer must do, as tests; see {@link CellContract}.
 *
 * <pre>{@code
 * final class MyLayerTest implements LayerContract {
 *     @Override public Layer layer() { return new MyLayer(); }
 * }
 * }</pre>
 */
public interface LayerContract {
    /** The layer under test; it must be registered, so that its example can be read. */
    Layer layer();

    @TestFactory
    default Stream<DynamicNode> keepsTheContractOfLayers() {
        return LayerChecks.of(layer(), Rondo.create(), new RondoEngines());
    }
}
