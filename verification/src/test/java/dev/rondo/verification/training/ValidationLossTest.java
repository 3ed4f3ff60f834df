package dev.rondo.verification.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.optim.OptimizerProgram;
import dev.rondo.core.train.EpochFigures;
import dev.rondo.core.train.Evaluation;
import dev.rondo.core.train.OptimizerUpdater;
import dev.rondo.core.train.Trainer;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.core.train.TrainingResult;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** What is made small in training is what the epoch is chosen by. */
final class ValidationLossTest {
    private static final Rondo RONDO = Rondo.create();

    private static TrainingResult train(Dataset data, Model model, String loss, TrainingPlan plan) {
        return trainer(data, model, loss, plan).run(model.parameters());
    }

    private static Trainer trainer(Dataset data, Model model, String loss, TrainingPlan plan) {
        OptimizerProgram program = OptimizerProgram.create(
                RONDO.kernels(), RONDO.optimizer("Adam_lr=0.05"), model.traced().parameters());
        return new Trainer(
                model.traced(), RONDO.engine(), RONDO.specs().loss(loss), new OptimizerUpdater(program), data, plan);
    }

    @Test
    void theEpochIsChosenByTheLossThatTrains() {
        DataSetup setup = DataSetup.standard().withSeries(4).withLength(200);
        Dataset data = Dataset.open(RONDO.source("levy_flight_sigma=0.3"), setup);
        Model model = Model.of(RONDO, ModelSpec.of("GRU_6", data), 2);
        TrainingPlan plan = TrainingPlan.standard().withEpochs(12).withChunks(50, 10);
        for (String loss : new String[] {"MAE", "MSE"}) {
            TrainingResult result = train(data, model, loss, plan);
            EpochFigures least = result.history().stream()
                    .min(Comparator.comparing(EpochFigures::validationLoss))
                    .orElseThrow();
            assertThat(result.bestEpoch()).isEqualTo(least.epoch());
            Evaluation.Part part = trainer(data, model, loss, plan)
                    .evaluation()
                    .all(result.parameters())
                    .validation();
            double error =
                    loss.equals("MAE") ? part.accuracy().mae() : part.accuracy().mse();
            assertThat(part.loss()).as(loss).isEqualTo(error);
            // With the state that training left, the figure of the epoch is nearly that of the parts.
            assertThat(least.validationLoss()).as(loss).isEqualTo(part.loss(), within(0.3 * part.loss()));
        }
    }
}
