package dev.rondo.examples.embedding;

import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.Stepper;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.train.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Watches a wave: predicts each next value as the values come in, one at a time.
 *
 * <p>A model is trained once and kept in a file; a server would be shipped with the file alone. The model is immutable, so any
 * number of threads may share it, each with a stepper of its own.
 */
public final class WaveWatch {
    private final Stepper stepper;

    /** Takes the model in {@code file}, which is trained first if it is not there. */
    public WaveWatch(Path file) {
        Rondo rondo = Rondo.create();
        if (!Files.exists(file)) {
            train(rondo).save(file);
        }
        stepper = Model.load(rondo, file).stepper();
    }

    private static Model train(Rondo rondo) {
        Dataset data = Dataset.open(
                rondo.source("sine_1"), DataSetup.standard().withSeries(8).withLength(400));
        Model start = Model.of(rondo, ModelSpec.of("GRU_8", data), 1);
        return start.train(data, "Adam_lr=0.01", TrainingPlan.standard().withEpochs(30));
    }

    /** The value that is expected after {@code value}. */
    public float after(float value) {
        return stepper.step(value)[0];
    }
}
