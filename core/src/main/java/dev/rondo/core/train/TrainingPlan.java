package dev.rondo.core.train;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.Dataset;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How long and in which pieces a model is trained; immutable, every {@code with} gives a changed copy.
 *
 * @param epochs passes over the training part at most
 * @param length steps of a chunk: as far as gradients reach back
 * @param warmup steps at the beginning of each stream that are left out of the loss
 * @param randomOffset whether each epoch's chunks begin at a random step; those before it run without loss
 * @param patience epochs without a better validation loss after which training ends; 0 for never
 * @param stopAt validation loss (training loss where there is no validation part) at which training ends; 0 for never
 * @param schedule spec of how the learning rate changes, as in {@code "Cosine"}; empty for what suits the optimiser
 * @param regularizers specs of what is added to the loss, as in {@code "L2_weight=1e-4"}
 * @param method spec of a training method, as in {@code "UORO"}; empty for back-propagation through time
 * @param clipNorm largest norm of all gradients together; 0 for any
 * @param clipValue largest magnitude of one gradient; 0 for any
 * @param clipTensorNorm largest norm of one parameter's gradient; 0 for any
 * @param clipAdaptive largest norm of a unit's gradient, as a share of the norm of its weights; 0 for any
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
        String schedule,
        List<String> regularizers,
        String method,
        double clipNorm,
        double clipValue,
        double clipTensorNorm,
        double clipAdaptive,
        long seed,
        Duration limit,
        Duration checkpointEvery) {

    public TrainingPlan {
        regularizers = List.copyOf(regularizers);
        atLeast("epochs", epochs, 0);
        atLeast("seq-len", length, 1);
        atLeast("warmup", warmup, 0);
        atLeast("patience", patience, 0);
        atLeast("stop-at", stopAt, 0);
        atLeast("clip-norm", clipNorm, 0);
        atLeast("clip-value", clipValue, 0);
        atLeast("clip-tensor-norm", clipTensorNorm, 0);
        atLeast("clip-adaptive", clipAdaptive, 0);
        atLeast("max-seconds", limit.toSeconds(), 0);
    }

    private static final int FEWEST_EPOCHS = 20;
    private static final int MOST_EPOCHS = 300;
    private static final int VALUES_PER_EPOCH = 100;
    private static final long VALUES_IN_ALL = 20_000_000;

    /** What a run does where the user says nothing. */
    public static TrainingPlan standard() {
        return new TrainingPlan(
                MOST_EPOCHS,
                100,
                10,
                false,
                0,
                0,
                "",
                List.of(),
                "",
                1,
                0,
                0,
                0,
                1,
                Duration.ZERO,
                Duration.ofSeconds(5));
    }

    /**
     * How many epochs suit {@code data}: the less there is to learn from, the sooner it is known by heart; and where there is much, no
     * more than twenty million values are gone through.
     */
    public static int epochsFor(Dataset data) {
        long values = (long) data.training().steps() * data.rows() * data.targetWidth();
        long epochs = Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, values / VALUES_PER_EPOCH));
        return (int) Math.min(epochs, Math.max(1, VALUES_IN_ALL / values));
    }

    public TrainingPlan withEpochs(int count) {
        return changed(fields -> fields.epochs = count);
    }

    /** Chunks of {@code steps}, the first {@code left} of each stream left out of the loss. */
    public TrainingPlan withChunks(int steps, int left) {
        return changed(fields -> {
            fields.length = steps;
            fields.warmup = left;
        });
    }

    public TrainingPlan withRandomOffset(boolean on) {
        return changed(fields -> fields.randomOffset = on);
    }

    /** Ends before all epochs are done: after {@code waiting} epochs without progress, or at a loss of {@code loss}. */
    public TrainingPlan withEarlyEnd(int waiting, double loss) {
        return changed(fields -> {
            fields.patience = waiting;
            fields.stopAt = loss;
        });
    }

    public TrainingPlan withSchedule(String spec) {
        return changed(fields -> fields.schedule = spec);
    }

    public TrainingPlan withRegularizers(List<String> specs) {
        return changed(fields -> fields.regularizers = specs);
    }

    public TrainingPlan withMethod(String spec) {
        return changed(fields -> fields.method = spec);
    }

    public TrainingPlan withClipping(double norm, double value) {
        return changed(fields -> {
            fields.clipNorm = norm;
            fields.clipValue = value;
        });
    }

    /** A limit on the norm of each parameter's gradient; 0 for none. */
    public TrainingPlan withTensorClipping(double norm) {
        return changed(fields -> fields.clipTensorNorm = norm);
    }

    /** A limit on the norm of each unit's gradient, as a share of the norm of its weights; 0 for none. */
    public TrainingPlan withAdaptiveClipping(double ratio) {
        return changed(fields -> fields.clipAdaptive = ratio);
    }

    public TrainingPlan withSeed(long newSeed) {
        return changed(fields -> fields.seed = newSeed);
    }

    public TrainingPlan withLimit(Duration time) {
        return changed(fields -> fields.limit = time);
    }

    public TrainingPlan withCheckpointEvery(Duration interval) {
        return changed(fields -> fields.checkpointEvery = interval);
    }

    private TrainingPlan changed(Consumer<Fields> change) {
        Fields fields = new Fields(this);
        change.accept(fields);
        return fields.plan();
    }

    private static void atLeast(String what, double value, double least) {
        if (!(value >= least)) {
            throw tooSmall(what, Double.toString(value), (long) least);
        }
    }

    private static void atLeast(String what, long value, long least) {
        if (value < least) {
            throw tooSmall(what, Long.toString(value), least);
        }
    }

    private static UsageException tooSmall(String what, String value, long least) {
        return new UsageException(what + " = " + value + ", but at least " + least + " is needed");
    }

    /** A plan's components while one of them changes, so that no other method lists them all. */
    private static final class Fields {
        private int epochs;
        private int length;
        private int warmup;
        private boolean randomOffset;
        private int patience;
        private double stopAt;
        private String schedule;
        private List<String> regularizers;
        private String method;
        private double clipNorm;
        private double clipValue;
        private double clipTensorNorm;
        private double clipAdaptive;
        private long seed;
        private Duration limit;
        private Duration checkpointEvery;

        Fields(TrainingPlan plan) {
            epochs = plan.epochs;
            length = plan.length;
            warmup = plan.warmup;
            randomOffset = plan.randomOffset;
            patience = plan.patience;
            stopAt = plan.stopAt;
            schedule = plan.schedule;
            regularizers = plan.regularizers;
            method = plan.method;
            clipNorm = plan.clipNorm;
            clipValue = plan.clipValue;
            clipTensorNorm = plan.clipTensorNorm;
            clipAdaptive = plan.clipAdaptive;
            seed = plan.seed;
            limit = plan.limit;
            checkpointEvery = plan.checkpointEvery;
        }

        TrainingPlan plan() {
            return new TrainingPlan(
                    epochs,
                    length,
                    warmup,
                    randomOffset,
                    patience,
                    stopAt,
                    schedule,
                    regularizers,
                    method,
                    clipNorm,
                    clipValue,
                    clipTensorNorm,
                    clipAdaptive,
                    seed,
                    limit,
                    checkpointEvery);
        }
    }
}
