package dev.rondo.core.train;

import dev.rondo.core.data.Chunk;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.files.Tensor;
import java.util.Map;

/** How a chunk of the training part changes the parameters, and what happens between epochs: where training methods differ. */
interface Procedure {
    /**
     * Trains on a chunk, going on from the progress' streams, and changes the progress' parameters.
     *
     * @param count chunks of the epoch
     * @param key what random draws depend on
     * @return loss and output of the chunk, and the state of the streams after it
     */
    Engine.Pass train(Progress progress, Chunk chunk, int count, RandomKey key);

    /** Updates of an epoch, for schedules that plan with them. */
    int updates();

    /**
     * An epoch is done.
     *
     * @param loss by which epochs are compared
     */
    default void checked(Progress progress, double loss) {}

    /** A copy of everything that is kept from chunk to chunk, by name. */
    default Map<String, Tensor> memory() {
        return Map.of();
    }

    /** Takes back what {@link #memory} gave. */
    default void restore(Map<String, Tensor> memory) {}
}
