package dev.rondo.verification;

import dev.rondo.core.Rondo;
import dev.rondo.testkit.ModelTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Layers meet in ways that nobody thought of, and in shapes that take more than one panel, block or strip. */
final class WholeModelsTest {
    private final Rondo rondo = Rondo.create();

    @TestFactory
    Stream<DynamicNode> randomStacks() {
        return ModelTests.randomStacks(rondo, 60, 1);
    }

    @TestFactory
    Stream<DynamicNode> shapes() {
        return Stream.of(
                ModelTests.of(rondo, "LSTM_130 Linear_3", 12, 11, 70),
                ModelTests.of(rondo, "LSTM_50 Linear_1", 120, 1, 1),
                ModelTests.of(rondo, "GRU_66_reset=before Linear_1", 40, 10, 1),
                ModelTests.of(rondo, "GRU_130", 6, 17, 33),
                ModelTests.of(rondo, "SRU_65 SRU_65", 30, 9, 40),
                ModelTests.of(rondo, "Linear_300 Residual(Linear_300_bias=false)", 3, 4, 2),
                ModelTests.of(rondo, "QRNN_48_window=3", 50, 5, 17),
                ModelTests.of(rondo, "Bidirectional(MGU_20) Dropout_p=.3 Linear_2", 25, 8, 5),
                ModelTests.of(rondo, "Zoneout(LSTM_33)_p=.2 CausalConv1d_20_kernel-size=3_dilation=4", 30, 6, 3));
    }
}
