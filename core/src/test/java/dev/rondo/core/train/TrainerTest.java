package dev.rondo.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;
import dev.rondo.api.spi.Series;
import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.files.Tensor;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.train.TrainingResult.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final float[][] START = {{0.1f}, {0.1f}};
    private static final TrainingPlan PLAN =
            TrainingPlan.standard().withChunks(30, 5).withEpochs(4).withClipping(0, 0);

    @TempDir
    Path folder;

    private final LeakyEngine engine = new LeakyEngine();

    @Test
    void everyChunkTrainsAndTheStateIsCarriedThroughAnEpoch() {
        trainer(PLAN.withEpochs(2), 0.01).run(START);
        assertThat(engine.calls).extracting(LeakyEngine.Call::steps).containsExactly(30, 30, 10, 30, 30, 10);
        assertThat(engine.calls).extracting(call -> call.key().chunk()).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(engine.calls).extracting(call -> call.key().epoch()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(engine.calls.get(0).state()).containsOnly(0);
        assertThat(engine.calls.get(1).state()).doesNotContain(0);
        assertThat(engine.calls.get(3).state()).containsOnly(0);
        // Two rows: the first five steps are the warm-up, so that 25 steps share the weight.
        assertThat(engine.calls.get(0).weights()).startsWith(new float[10]).endsWith(0.02f);
    }

    @Test
    void findsTheCoefficientThatMadeTheData() {
        // x' = 0.9 x + noise of deviation 0.1, predicted by a h + w x; least squares gives a = 0, w near 0.9.
        TrainingResult result = new Trainer(
                        LeakyEngine.model(true),
                        engine,
                        loss(),
                        new MomentumUpdater(0.5),
                        data(50, 1000),
                        PLAN.withEpochs(200))
                .schedule(schedule(new Falling()))
                .run(START);
        assertThat(result.parameters()[1][0]).isCloseTo(0.9f, offset(0.02f));
        assertThat(result.parameters()[0][0]).isCloseTo(0f, offset(0.02f));
        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.history()).hasSize(200);
    }

    @Test
    void keepsTheParametersThatValidatedBest() {
        MomentumUpdater updater = new MomentumUpdater(0.9); // overshoots, so that the last epoch is not the best
        Dataset data = data();
        Trainer trainer = new Trainer(LeakyEngine.model(true), engine, loss(), updater, data, PLAN.withEpochs(12));
        TrainingResult result = trainer.run(START);
        double least = result.history().stream()
                .mapToDouble(EpochFigures::validationLoss)
                .min()
                .orElseThrow();
        EpochFigures best = result.history().get(result.bestEpoch() - 1);
        assertThat(best.validationLoss()).isEqualTo(least);
        assertThat(result.bestEpoch()).isLessThan(12);
        // Measured anew from the beginning, with these parameters throughout.
        Evaluation.Parts parts = trainer.evaluation().all(result.parameters());
        assertThat(parts.validation().loss()).isCloseTo(least, offset(0.05 * least));
        assertThat(parts.test().output()).hasSize(2 * 20);
        assertThat(parts.test().state().seen()).containsExactly(100, 100);
    }

    @Test
    void aRunThatStopsAfterAnyChunkGoesOnToTheSameBits() {
        TrainingPlan plan = PLAN.withRandomOffset(true).withCheckpointEvery(Duration.ZERO);
        TrainingResult whole = remembering(plan).run(START);
        int chunks = engine.calls.size();
        assertThat(chunks).isGreaterThanOrEqualTo(12);
        for (int chunk = 1; chunk <= chunks; chunk++) {
            Path file = folder.resolve("checkpoint.safetensors");
            AtomicInteger left = new AtomicInteger(chunk);
            TrainingResult first = remembering(plan)
                    .checkpoints(file, Map.of("spec", "Leaky"))
                    .stopWhen(() -> left.getAndDecrement() <= 0)
                    .run(START);
            assertThat(first.ending()).isEqualTo(chunk == chunks ? Ending.COMPLETED : Ending.STOPPED);
            TrainingResult rest =
                    remembering(plan).checkpoints(file, Map.of("spec", "Leaky")).resume(Checkpoint.read(file));
            assertThat(rest.parameters()).as("stopped after chunk %d", chunk).isDeepEqualTo(whole.parameters());
            assertThat(rest.history())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                    .isEqualTo(whole.history());
            assertThat(rest.bestEpoch()).isEqualTo(whole.bestEpoch());
        }
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() {
        Path file = folder.resolve("checkpoint.safetensors");
        trainer(PLAN, 0.1).checkpoints(file, Map.of("data digest", "abc")).run(START);
        Trainer other = trainer(PLAN, 0.1).checkpoints(file, Map.of("data digest", "abd"));
        assertThatThrownBy(() -> other.resume(Checkpoint.read(file)))
                .isInstanceOf(DataException.class)
                .hasMessage("the checkpoint is from another run: its data digest is 'abc', not 'abd'");
    }

    @Test
    void aLossThatExplodesNamesStepLayerAndGradientAndKeepsTheLastGoodCheckpoint() {
        Path file = folder.resolve("checkpoint.safetensors");
        Trainer trainer = trainer(PLAN.withEpochs(50).withCheckpointEvery(Duration.ZERO), 1e6)
                .checkpoints(file, Map.of());
        assertThatThrownBy(() -> trainer.run(START))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("is not finite any more")
                .hasMessageContaining("in epoch 1, chunk ")
                .hasMessageContaining("1.Leaky/")
                .hasMessageContaining("--clip-norm");
        assertThat(Checkpoint.read(file).floats("parameters/1.Leaky/a", 1)[0]).isFinite();
    }

    @Test
    void endsWhenItIsTold() {
        assertThat(trainer(PLAN.withEpochs(500).withEarlyEnd(3, 0), 0.3)
                        .run(START)
                        .ending())
                .isEqualTo(Ending.PATIENCE);
        TrainingResult goal =
                trainer(PLAN.withEpochs(500).withEarlyEnd(0, 0.02), 0.05).run(START);
        assertThat(goal.ending()).isEqualTo(Ending.GOAL);
        assertThat(goal.history().get(goal.epochs() - 1).validationLoss()).isLessThanOrEqualTo(0.02);
        assertThat(trainer(PLAN.withEpochs(100_000_000).withLimit(Duration.ofSeconds(1)), 0.05)
                        .run(START)
                        .ending())
                .isEqualTo(Ending.LIMIT);
    }

    @Test
    void aModelThatLooksAheadCarriesNoState() {
        new Trainer(LeakyEngine.model(false), engine, loss(), new MomentumUpdater(0.1), data(), PLAN).run(START);
        assertThat(engine.calls).allSatisfy(call -> assertThat(call.state()).containsOnly(0));
        assertThat(engine.calls.stream()
                        .map(call -> call.key().seed() + "/" + call.key().epoch()))
                .as("what the draws of a chunk's steps depend on")
                .doesNotHaveDuplicates();
    }

    @Test
    void theLastStreamLeadsIntoTheValidationPart() {
        Dataset data = data().withStreams(5); // of 14 steps each
        Trainer trainer = new Trainer(
                LeakyEngine.model(true),
                engine,
                loss(),
                new MomentumUpdater(0), // nothing changes, so that states can be told
                data,
                PLAN.withChunks(7, 0).withEpochs(1));
        float[][] parameters = {{0.5f}, {1}};
        TrainingResult result = trainer.run(parameters);
        double squares = 0;
        for (int row = 0; row < 2; row++) {
            float[][] values = data.series().values()[row];
            double h = 0;
            for (int t = 56; t < 80; t++) { // the last of the five begins at step 56
                h = 0.5 * h + values[t][0];
                squares += t < 70 ? 0 : (h - values[t + 1][0]) * (h - values[t + 1][0]);
            }
        }
        assertThat(result.history().get(0).validationLoss()).isCloseTo(squares / 20, offset(1e-6));
    }

    @Test
    void theStateBeginsAnewWithEveryEpisode() {
        float[][][] values = new float[2][50][1];
        for (int t = 0; t < 50; t++) {
            values[0][t][0] = t % 7;
            values[1][t][0] = t % 5 - 3;
        }
        Series series = new Series(List.of("x"), List.of("x"), List.of("x"), values, new double[0], List.of())
                .atTheSameStep()
                .inEpisodes(5);
        Dataset data = Dataset.of(series, DataSetup.standard().withScaling(Scaling.NONE));
        Trainer trainer = new Trainer(
                LeakyEngine.model(true),
                engine,
                loss(),
                new MomentumUpdater(0.001),
                data,
                PLAN.withChunks(3, 5).withEpochs(1));
        TrainingResult result = trainer.run(START);
        assertThat(engine.calls).hasSize(14);
        for (int i = 0; i < 14; i++) {
            LeakyEngine.Call call = engine.calls.get(i);
            assertThat(call.steps()).isEqualTo(i % 2 == 0 ? 3 : 2);
            if (i % 2 == 0) {
                assertThat(call.state()).containsOnly(0);
            } else {
                assertThat(call.state()).doesNotContain(0);
            }
            assertThat(call.weights()).containsOnly(1f / (2 * call.steps()));
        }
        assertThat(engine.calls.stream().map(call -> call.key().seed())).doesNotHaveDuplicates();
        // In evaluation too: the output at the first step of an episode is w x, without a past.
        Evaluation.Part test = trainer.evaluation().all(result.parameters()).test();
        for (int t : new int[] {0, 5}) {
            assertThat(test.output()[2 * t]).isCloseTo(result.parameters()[1][0] * ((40 + t) % 7), offset(1e-6f));
        }
        assertThat(test.state().seen()).containsExactly(5, 5);
    }

    /** Momentum at a point one off the parameters, chosen by the loss. */
    private static final class Looking implements Updater {
        private final MomentumUpdater momentum = new MomentumUpdater(0.01);
        private final List<Double> chosenBy = new ArrayList<>();
        private final List<Double> updatedBy = new ArrayList<>();

        @Override
        public boolean pointReadsLoss() {
            return true;
        }

        @Override
        public float[][] point(float[][] parameters, double loss, double rate) {
            chosenBy.add(loss);
            return new float[][] {{parameters[0][0] + 1}, parameters[1]};
        }

        @Override
        public void update(float[][] parameters, float[][] gradients, double loss, double rate) {
            updatedBy.add(loss);
            momentum.update(parameters, gradients, loss, rate);
        }

        @Override
        public Map<String, Tensor> memory() {
            return momentum.memory();
        }

        @Override
        public void restore(Map<String, Tensor> memory) {
            momentum.restore(memory);
        }
    }

    /** The loss that a gradient point is chosen by is that of the chunk at the parameters, and the update is told the same. */
    @Test
    void aPointThatReadsTheLossGetsThatOfTheChunk() {
        engine.calls.clear();
        Looking looking = new Looking();
        List<Double> reported = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void chunk(int epoch, int number, int count, Chunk chunk, float[] output, double loss) {
                reported.add(loss);
            }
        };
        new Trainer(LeakyEngine.model(true), engine, loss(), looking, data(), PLAN.withEpochs(1))
                .listener(listener)
                .run(START);
        assertThat(looking.updatedBy).isNotEmpty().isEqualTo(looking.chosenBy).doesNotContainAnyElementsOf(reported);
        assertThat(engine.calls).hasSize(2 * looking.updatedBy.size());
        for (int i = 0; i < engine.calls.size(); i += 2) {
            assertThat(engine.calls.get(i).key())
                    .isEqualTo(engine.calls.get(i + 1).key());
            assertThat(engine.calls.get(i).state())
                    .isEqualTo(engine.calls.get(i + 1).state());
        }
    }

    private Trainer trainer(TrainingPlan plan, double learningRate) {
        engine.calls.clear();
        return new Trainer(LeakyEngine.model(true), engine, loss(), new MomentumUpdater(learningRate), data(), plan);
    }

    private Trainer remembering(TrainingPlan plan) {
        return trainer(plan, 0.1).schedule(schedule(new Remembering()));
    }

    private static ScheduleProgram schedule(Schedule plugin) {
        return ScheduleProgram.create(KernelChoice.find().kernels(), Configured.of(plugin));
    }

    /** In a straight line to nothing. */
    private record Falling() implements Schedule {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Falling");
        }

        @Override
        public Expr factor(ScheduleScope s) {
            return Fn.oneMinus(s.done());
        }
    }

    /** Depends on every update before and on the last validation loss, so that a resumed run has to know them. */
    private record Remembering() implements Schedule {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Remembering");
        }

        @Override
        public Expr factor(ScheduleScope s) {
            Expr seen = Fn.select(Fn.less(s.checked(), 1), Expr.of(1), s.validation());
            Expr kept = s.next("kept", s.shared("kept", 1).times(0.9).plus(seen.times(0.1)));
            return kept.times(s.count().plus(1)).div(s.planned());
        }
    }

    /** Two series of an autoregression of order one with coefficient 0.9: 70 steps to train on, 10 to validate, 20 to test. */
    private static Dataset data() {
        return data(2, 100);
    }

    private static Dataset data(int count, int length) {
        Random random = new Random(7);
        float[][] series = new float[count][length + 1];
        for (float[] each : series) {
            each[0] = (float) (0.3 * random.nextGaussian());
            for (int t = 1; t < each.length; t++) {
                each[t] = (float) (0.9 * each[t - 1] + 0.1 * random.nextGaussian());
            }
        }
        return Dataset.of(Series.of("x", series), DataSetup.standard().withScaling(Scaling.NONE));
    }

    private static Configured<Loss> loss() {
        return Configured.of(new Loss() {
            @Override
            public Descriptor describe() {
                return Descriptor.of("squared");
            }

            @Override
            public Expr of(OptionScope s, Expr output, Expr target) {
                return Fn.mean(Fn.square(output.minus(target)), Axis.FEATURES);
            }
        });
    }
}
