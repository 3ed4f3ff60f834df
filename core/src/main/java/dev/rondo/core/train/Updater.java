package dev.rondo.core.train;

import dev.rondo.core.files.Tensor;
import java.util.Map;

/** Changes parameters by their gradients, and keeps what it remembers between updates; for one thread. */
public interface Updater {
    /** Whether {@link #point} needs the loss of the chunk at the parameters, which takes a pass of its own. */
    default boolean pointReadsLoss() {
        return false;
    }

    /**
     * Where gradients are wanted: the parameters themselves unless the rule looks elsewhere.
     *
     * @param loss of the chunk at the parameters; NaN unless {@link #pointReadsLoss}
     * @param rate what the learning rate is multiplied by
     * @return {@code parameters}, or other arrays of the same lengths
     */
    default float[][] point(float[][] parameters, double loss, double rate) {
        return parameters;
    }

    /**
     * One update.
     *
     * @param parameters changed in place
     * @param gradients after clipping
     * @param loss of the chunk, at the parameters where {@link #pointReadsLoss}, else where the gradients were taken
     * @param rate what the learning rate is multiplied by
     */
    void update(float[][] parameters, float[][] gradients, double loss, double rate);

    /** A copy of everything that the next update depends on, by name. */
    Map<String, Tensor> memory();

    /** Takes back what {@link #memory} gave. */
    void restore(Map<String, Tensor> memory);
}
