package dev.rondo.cuda;

import dev.rondo.api.device.Accelerator;
import dev.rondo.testkit.DeviceContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Every walk with every recurrence, whatever the size would choose, and in emulation with the threads of a block in other orders: what a
 * barrier too few leaves undone shows in one of them.
 */
@Tag("gpu")
@Tag("kernels")
final class WalksTest {
    private static final List<String> MODELS = List.of(
            "SRU_8",
            "SRU_4_v1=true_activation=tanh",
            "Bidirectional(SRU_4_dropout=0.3)",
            "QRNN_8_pooling=f",
            "QRNN_4_window=2_zoneout=0.3",
            "QRNN_4_pooling=ifo",
            "Bidirectional(QRNN_4)");

    private static final List<String> WIDE = List.of("SRU_35", "SRU_36_v1=true", "QRNN_35", "Bidirectional(SRU_20)");

    private abstract static class Walked implements DeviceContract {
        private final WalkChoice choice;
        private final int order;
        private final List<String> models;

        Walked(WalkChoice choice, int order, List<String> models) {
            this.choice = choice;
            this.order = order;
            this.models = models;
        }

        @BeforeEach
        void threads() {
            Emulation.require();
            if (!Emulation.real()) {
                Emulation.order(order);
            }
        }

        @AfterEach
        void usualThreads() {
            if (!Emulation.real()) {
                Emulation.order(0);
            }
        }

        @Override
        public Accelerator accelerator() {
            return new CudaAccelerator(choice);
        }

        @Override
        public List<String> models() {
            return models;
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class OneChannel extends Walked {
        OneChannel() {
            super((scan, steps, batch, width, tile, quads, processors) -> Walk.SEQ1, 2, MODELS);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class FourChannels extends Walked {
        FourChannels() {
            super(
                    (scan, steps, batch, width, tile, quads, processors) -> quads ? Walk.SEQ4 : Walk.SEQ1,
                    1,
                    List.of(
                            "SRU_4",
                            "SRU_8_v1=true",
                            "Bidirectional(SRU_4_dropout=0.3)",
                            "QRNN_4_pooling=f",
                            "QRNN_8_zoneout=0.3",
                            "QRNN_4_pooling=ifo",
                            "Bidirectional(QRNN_4)"));
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class Tiles extends Walked {
        Tiles() {
            super((scan, steps, batch, width, tile, quads, processors) -> scan ? Walk.CHUNK : Walk.SEQ1, 1, MODELS);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class TilesInAnotherOrder extends Walked {
        TilesInAnotherOrder() {
            super((scan, steps, batch, width, tile, quads, processors) -> scan ? Walk.CHUNK : Walk.SEQ1, 2, WIDE);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class SharedTiles extends Walked {
        SharedTiles() {
            super((scan, steps, batch, width, tile, quads, processors) -> scan ? Walk.SPLIT : Walk.SEQ1, 1, MODELS);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class SharedTilesInAnotherOrder extends Walked {
        SharedTilesInAnotherOrder() {
            super((scan, steps, batch, width, tile, quads, processors) -> scan ? Walk.SPLIT : Walk.SEQ1, 2, WIDE);
        }
    }
}
