package dev.rondo.verification.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.spi.Series;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.train.EpochFigures;
import dev.rondo.core.train.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UORO learns. */
class MethodTrainingTest {
    private static final int EPOCHS = 10;
    private final Rondo rondo = Rondo.create();

    @ParameterizedTest
    @ValueSource(strings = {"GRU_6", "QRNN_6_window=2", "LSTM_4 SRU_4", "Zoneout(LSTM_6)"})
    void uoroLowersTheLoss(String layers) {
        Dataset data = Dataset.open(
                rondo.source("sine_1"), DataSetup.standard().withSeries(4).withLength(300));
        Model fresh = Model.of(rondo, ModelSpec.of(layers, data), 1);
        TrainingPlan plan = TrainingPlan.standard().withEpochs(EPOCHS).withMethod("UORO");
        List<EpochFigures> history = rondo.trainer(
                        fresh.traced(), rondo.specs().loss("MSE"), rondo.optimizer("Adam_lr=0.002"), data, plan)
                .run(fresh.parameters())
                .history();
        double first = history.get(0).validationLoss();
        assertThat(history.get(EPOCHS - 1).validationLoss()).isLessThan(0.2 * first);
    }

    /** Letters that come in a fixed order are known by heart, through a table whose rows get their own gradients. */
    @Test
    void uoroLearnsLetters() {
        float[][] text = new float[1][400];
        for (int t = 0; t < text[0].length; t++) {
            text[0][t] = "abcbad".charAt(t % 6) - 'a';
        }
        Dataset letters = Dataset.of(
                Series.of("letter", text).withClasses("letter", List.of("a", "b", "c", "d")),
                DataSetup.standard().withScaling(Scaling.STANDARD));
        Objective objective = rondo.objective("", letters.classes());
        Model fresh = Model.of(rondo, ModelSpec.of("Embedding_3 GRU_8", letters).withOutputs(objective.widths()), 1);
        TrainingPlan plan = TrainingPlan.standard().withEpochs(20).withMethod("UORO");
        List<EpochFigures> history = rondo.trainer(
                        fresh.traced(), objective.loss(), rondo.optimizer("Adam_lr=0.005"), letters, plan)
                .run(fresh.parameters())
                .history();
        assertThat(history.get(19).validationLoss()).isLessThan(0.3);
    }
}
