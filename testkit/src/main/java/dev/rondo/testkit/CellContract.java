package dev.rondo.testkit;

import dev.rondo.api.spi.Cell;
import dev.rondo.core.Rondo;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every cell must do, as tests.
 *
 * <pre>{@code
 * final class MyCellTest implements CellContract {
 *     @Override public Cell cell() { return new MyCell(); }
 * }
 * }</pre>
 *
 * <p>The cell is built from its descriptor's example, with small sizes, and again with each option changed. Values and
 * gradients are compared with the {@link Oracle}: with rows of different lengths, in mid-stream, in one step, and backward in
 * time; pieces must give the whole, padding count for nothing, and threads leave the bits alone.
 */
public interface CellContract {
    /** The cell under test; it must be registered, so that its example can be read. */
    Cell cell();

    @TestFactory
    default Stream<DynamicNode> keepsTheContractOfCells() {
        return LayerChecks.of(cell(), Rondo.create(), new RondoEngines());
    }
}
