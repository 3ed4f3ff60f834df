package dev.rondo.api.spi;

/** When a {@link TrainingMethod} is asked, and what becomes of its answer. */
public sealed interface Moment {
    /**
     * In each time step: the answer is the gradient by the parameters, which goes through clipping to the optimiser. It takes the place
     * of back-propagation through time.
     */
    record EachStep() implements Moment {}

    /**
     * When the loss gets no better: the answer is new values for the parameters, which are taken back if they do not help.
     *
     * <p>The loss is checked after each epoch, on the validation part if there is one. It is better if it falls below the best one
     * before by a thousandth of it.
     *
     * @param after checks without a better loss before the method is asked, at least 1
     * @param keep checks in which the new values may lead to a better loss than there was before them, at least 1; if none does, the
     *     old values come back
     */
    record WhenStuck(int after, int keep) implements Moment {
        public WhenStuck {
            if (after < 1 || keep < 1) {
                throw new IllegalArgumentException("at least one check each, got " + after + " and " + keep);
            }
        }
    }
}
