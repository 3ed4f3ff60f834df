package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.device.Accelerator;
import dev.rondo.testkit.DeviceContract;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
        private final Walk walk;
        private final int order;
        private final List<String> models;
        private final Set<Walk> walked = Collections.synchronizedSet(EnumSet.noneOf(Walk.class));

        /** Walks as {@code walk} says whatever can be walked so, and step by step what cannot. */
        Walked(Walk walk, int order, List<String> models) {
            this.walk = walk;
            this.order = order;
            this.models = models;
        }

        private Walk choose(boolean possible) {
            Walk chosen = possible ? walk : Walk.SEQ1;
            walked.add(chosen);
            return chosen;
        }

        @BeforeEach
        void threads() {
            Emulation.require();
            if (!Emulation.real()) {
                Emulation.order(order);
            }
        }

        @AfterEach
        void isWalkedSo() {
            assertThat(walked).contains(walk);
        }

        @AfterEach
        void usualThreads() {
            if (!Emulation.real()) {
                Emulation.order(0);
            }
        }

        @Override
        public Accelerator accelerator() {
            return new CudaAccelerator((scan, steps, batch, width, tile, quads, processors) ->
                    choose((scan || !walk.tiled()) && (quads || walk != Walk.SEQ4)));
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
            super(Walk.SEQ1, 2, MODELS);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class FourChannels extends Walked {
        FourChannels() {
            super(
                    Walk.SEQ4,
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
            super(Walk.CHUNK, 1, MODELS);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class TilesInAnotherOrder extends Walked {
        TilesInAnotherOrder() {
            super(Walk.CHUNK, 2, WIDE);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class SharedTiles extends Walked {
        SharedTiles() {
            super(Walk.SPLIT, 1, MODELS);
        }
    }

    @Nested
    @Tag("gpu")
    @Tag("kernels")
    final class SharedTilesInAnotherOrder extends Walked {
        SharedTilesInAnotherOrder() {
            super(Walk.SPLIT, 2, WIDE);
        }
    }
}
