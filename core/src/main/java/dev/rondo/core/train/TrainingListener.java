package dev.rondo.core.train;

import dev.rondo.core.data.Chunk;
import java.util.List;

/** Hears how training goes on; called by the thread that trains. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /** Something that the user should know, in one sentence. */
    default void notice(String sentence) {}

    /**
     * A run goes on from a checkpoint.
     *
     * @param history the epochs that were done; what came after them is done again
     */
    default void resumed(List<EpochFigures> history) {}

    /**
     * A chunk is done.
     *
     * @param epoch 1 for the first
     * @param number of the chunk in the epoch, 1 for the first
     * @param count chunks of the epoch
     * @param output of the model in training, [time, row, target]
     * @param loss mean over the chunk's scored steps
     */
    default void chunk(int epoch, int number, int count, Chunk chunk, float[] output, double loss) {}

    /** An epoch is done. */
    default void epoch(EpochFigures figures) {}
}
