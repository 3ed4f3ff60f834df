package dev.rondo.core.train;

import java.util.List;

/**
 * What training came to.
 *
 * @param parameters of the epoch with the best validation loss, of the last epoch where there is no validation part
 * @param epochs completed epochs
 * @param bestEpoch the epoch that {@code parameters} are from, 0 where none was completed
 * @param history one entry per completed epoch
 * @param ending why it ended
 * @param seconds that it took
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrainingResult(
        float[][] parameters, int epochs, int bestEpoch, List<EpochFigures> history, Ending ending, double seconds) {
    /** Reasons to end. */
    public enum Ending {
        COMPLETED("all epochs are done"),
        PATIENCE("the validation loss got no better"),
        GOAL("the loss is as low as asked for"),
        LIMIT("the time is up"),
        STOPPED("it was asked to stop");

        private final String words;

        Ending(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public TrainingResult {
        history = List.copyOf(history);
    }
}
