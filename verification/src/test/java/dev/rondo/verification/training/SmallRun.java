package dev.rondo.verification.training;

import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.train.EpochFigures;
import dev.rondo.core.train.Trainer;
import dev.rondo.core.train.TrainingListener;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.core.train.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A run of ten epochs in a Java of its own, which a test kills; started again it goes on. */
public final class SmallRun {
    public static final int EPOCHS = 10;

    private SmallRun() {}

    /** Arguments: the folder for checkpoint and model, the optimiser, how long to wait after each chunk, in ms, and the method. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        long pause = Long.parseLong(arguments[2]);
        Rondo rondo = Rondo.create();
        Dataset data = Dataset.open(
                rondo.source("brownian"), DataSetup.standard().withSeries(5).withLength(200));
        Model start = Model.of(rondo, ModelSpec.of("LSTM_5 Dropout_p=0.2", 1, 1), 3);
        TrainingPlan plan = TrainingPlan.standard()
                .withEpochs(EPOCHS)
                .withChunks(30, 5)
                .withRandomOffset(true)
                .withSeed(3)
                .withMethod(arguments[3])
                .withCheckpointEvery(Duration.ZERO);
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        Trainer trainer = rondo.trainer(
                        start.traced(), rondo.specs().loss("MSE"), rondo.optimizer(arguments[1]), data, plan)
                .checkpoints(checkpoint, Map.of("data", data.digest()))
                .listener(new Teller(pause));
        TrainingResult result = Files.exists(checkpoint)
                ? trainer.resume(Checkpoint.read(checkpoint))
                : trainer.run(start.parameters());
        start.withParameters(result.parameters()).save(folder.resolve("model.safetensors"));
        rondo.engine().close();
    }

    /** Tells the test how far the run is, and gives it time to strike. */
    private record Teller(long pause) implements TrainingListener {
        @Override
        public void notice(String sentence) {
            tell("notice " + sentence);
        }

        @Override
        public void chunk(int epoch, int number, int count, Chunk chunk, float[] output, double loss) {
            tell("chunk " + epoch + "." + number);
        }

        @Override
        public void epoch(EpochFigures figures) {
            tell("epoch " + figures.epoch());
        }

        private void tell(String line) {
            System.out.println(line);
            System.out.flush();
            try {
                Thread.sleep(pause);
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
