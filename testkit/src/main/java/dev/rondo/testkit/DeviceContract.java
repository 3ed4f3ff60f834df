package dev.rondo.testkit;

import dev.rondo.api.device.Accelerator;
import dev.rondo.core.Rondo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What every device must do with the layers that it takes, as tests.
 *
 * <pre>{@code
 * final class MyDeviceTest implements DeviceContract {
 *     @Override public Accelerator accelerator() { return new MyAccelerator(); }
 *     @Override public List<String> models() { return List.of("SRU_4", "LSTM_3 SRU_4 Linear_2"); }
 * }
 * }</pre>
 *
 * <p>Values, states and gradients are compared with the {@link Oracle}: full rows and rows of different lengths, from the start and in
 * mid-stream; pieces must give the whole, padding count for nothing, rows not depend on each other, and the same pass give the same
 * bits again.
 */
public interface DeviceContract {
    /** Whose first device is under test. */
    Accelerator accelerator();

    /** Layers of models of which it takes at least one. */
    List<String> models();

    @TestFactory
    default Stream<DynamicNode> keepsTheContractOfDevices() {
        return DeviceChecks.of(accelerator(), models(), Rondo.create());
    }
}
