package dev.rondo.core.train;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.Dataset;
import java.time.Duration;

/**
 * How long and in which pieces a model is trained; immutable, every {@code with} gives a changed copy.
 *
 * @param epochs passes over the training part at most
 * @param length steps of a chunk: as far as gradients reach back
 * @param warmup steps at the beginning of each stream that are left out of the loss
 * @param randomOffset whether each epoch's chunks begin at a random step; those before it run without loss
 * @param patience epochs without a better validation loss after which training ends; 0 for never
 * @param stopAt validation loss (training loss where there is no validation part) at which training ends; 0 for never
 * @param schedule of the learning rate over the planned epochs
 * @param clipNorm largest norm of all gradients together; 0 for any
 * @param clipValue largest magnitude of one gradient; 0 for any
 * @param seed of initial parameters, random draws and offsets
 * @param limit on the time that training takes, without the final test; zero for none
 * @param checkpointEvery least time between two checkpoints; zero for one after every chunk
 */
public record TrainingPlan(
        int epochs,
        int length,
        int warmup,
        boolean randomOffset,
        int patience,
        double stopAt,
        Schedule schedule,
        double clipNorm,
        double clipValue,
        long seed,
        Duration limit,
        Duration checkpointEvery) {

    public TrainingPlan {
        atLeast("epochs", epochs, 0);
        atLeast("seq-len", length, 1);
        atLeast("warmup", warmup, 0);
        atLeast("patience", patience, 0);
        atLeast("stop-at", stopAt, 0);
        atLeast("clip-norm", clipNorm, 0);
        atLeast("clip-value", clipValue, 0);
        atLeast("max-seconds", limit.toSeconds(), 0);
    }

    private static final int FEWEST_EPOCHS = 20;
    private static final int MOST_EPOCHS = 300;
    private static final int VALUES_PER_EPOCH = 100;

    /** What a run does where the user says nothing. */
    public static TrainingPlan standard() {
        return new TrainingPlan(
                MOST_EPOCHS, 100, 10, false, 0, 0, Schedule.ONE_CYCLE, 1, 0, 1, Duration.ZERO, Duration.ofSeconds(5));
    }

    /** How many epochs suit {@code data}: the less there is to learn from, the sooner it is known by heart. */
    public static int epochsFor(Dataset data) {
        long values = (long) data.training().steps() * data.rows() * data.targetWidth();
        return (int) Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, values / VALUES_PER_EPOCH));
    }

    public TrainingPlan withEpochs(int count) {
        return new TrainingPlan(
                count,
                length,
                warmup,
                randomOffset,
                patience,
                stopAt,
                schedule,
                clipNorm,
                clipValue,
                seed,
                limit,
                checkpointEvery);
    }

    /** Chunks of {@code steps}, the first {@code left} of each stream left out of the loss. */
    public TrainingPlan withChunks(int steps, int left) {
        return new TrainingPlan(
                epochs,
                steps,
                left,
                randomOffset,
                patience,
                stopAt,
                schedule,
                clipNorm,
                clipValue,
                seed,
                limit,
                checkpointEvery);
    }

    public TrainingPlan withRandomOffset(boolean on) {
        return new TrainingPlan(
                epochs,
                length,
                warmup,
                on,
                patience,
                stopAt,
                schedule,
                clipNorm,
                clipValue,
                seed,
                limit,
                checkpointEvery);
    }

    /** Ends before all epochs are done: after {@code waiting} epochs without progress, or at a loss of {@code loss}. */
    public TrainingPlan withEarlyEnd(int waiting, double loss) {
        return new TrainingPlan(
                epochs,
                length,
                warmup,
                randomOffset,
                waiting,
                loss,
                schedule,
                clipNorm,
                clipValue,
                seed,
                limit,
                checkpointEvery);
    }

    public TrainingPlan withSchedule(Schedule other) {
        return new TrainingPlan(
                epochs,
                length,
                warmup,
                randomOffset,
                patience,
                stopAt,
                other,
                clipNorm,
                clipValue,
                seed,
                limit,
                checkpointEvery);
    }

    public TrainingPlan withClipping(double norm, double value) {
        return new TrainingPlan(
                epochs,
                length,
                warmup,
                randomOffset,
                patience,
                stopAt,
                schedule,
                norm,
                value,
                seed,
                limit,
                checkpointEvery);
    }

    public TrainingPlan withSeed(long newSeed) {
        return new TrainingPlan(
                epochs,
                length,
                warmup,
                randomOffset,
                patience,
                stopAt,
                schedule,
                clipNorm,
                clipValue,
                newSeed,
                limit,
                checkpointEvery);
    }

    public TrainingPlan withLimit(Duration time) {
        return new TrainingPlan(
                epochs,
                length,
                warmup,
                randomOffset,
                patience,
                stopAt,
                schedule,
                clipNorm,
                clipValue,
                seed,
                time,
                checkpointEvery);
    }

    public TrainingPlan withCheckpointEvery(Duration interval) {
        return new TrainingPlan(
                epochs,
                length,
                warmup,
                randomOffset,
                patience,
                stopAt,
                schedule,
                clipNorm,
                clipValue,
                seed,
                limit,
                interval);
    }

    private static void atLeast(String what, double value, double least) {
        if (!(value >= least)) {
            throw new UsageException(what + " = " + value + ", but at least " + (long) least + " is needed");
        }
    }
}
