package dev.rondo.verification.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.Stepper;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Metrics;
import dev.rondo.core.data.Normalization;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.train.Evaluation;
import dev.rondo.core.train.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that read and predict classes: how wide they are, what they keep in their file, what they say. */
final class ClassModelTest {
    private static final Rondo RONDO = Rondo.create();
    private static final List<String> LETTERS = List.of("a", "b", "c");

    @TempDir
    Path folder;

    /** "aabc" over and over: after an a comes an a or a b, which only the one before tells. */
    private static Dataset letters() {
        float[][] text = new float[1][801];
        for (int t = 0; t < 801; t++) {
            text[0][t] = new float[] {0, 0, 1, 2}[t % 4];
        }
        return Dataset.of(
                Series.of("letter", text).withClasses("letter", LETTERS),
                DataSetup.standard().withScaling(Scaling.STANDARD).withStreams(4));
    }

    private static Model trained(Dataset data, String layers) {
        return Model.of(RONDO, ModelSpec.of(layers, data), 3)
                .train(
                        data,
                        "Adam_lr=0.02",
                        TrainingPlan.standard().withEpochs(30).withChunks(20, 0));
    }

    @Test
    void theHeadIsAsWideAsTheClassesNeed() {
        Dataset data = letters();
        Model model = Model.of(RONDO, ModelSpec.of("Embedding_4 GRU_5", data), 1);
        assertThat(model.toString()).startsWith("Embedding_4 GRU_5 Linear_3 (added): letter -> letter");
        assertThat(model.traced().layers().get(0)).hasToString("Embedding(1 → 4), 12 params");
        assertThat(model.predict(new float[] {0, 1}, 1, 2)).hasSize(2 * 3);
        assertThat(Model.of(RONDO, ModelSpec.of("OneHot GRU_3", data), 1)
                        .traced()
                        .layers())
                .extracting(Object::toString)
                .containsExactly("OneHot(1 → 3), 0 params", "GRU(3 → 3), 66 params");
        assertThatThrownBy(() -> Model.of(RONDO, ModelSpec.of("Embedding_4_vocabulary=2", data), 1))
                .isInstanceOf(UsageException.class)
                .hasMessage("Embedding at 1.Embedding: vocabulary is 2, but the input has 3 classes");
    }

    @Test
    void aLossMayNeedFewerOutputs() {
        float[][] bits = new float[1][301];
        for (int t = 0; t < 301; t++) {
            bits[0][t] = t / 3 % 2;
        }
        Dataset data =
                Dataset.of(Series.of("bit", bits).withClasses("bit", List.of("no", "yes")), DataSetup.standard());
        Objective binary = RONDO.objective("BinaryCrossEntropy", data.classes());
        ModelSpec spec = ModelSpec.of("GRU_8", data).withOutputs(binary.widths());
        TrainingPlan plan = TrainingPlan.standard().withEpochs(40).withChunks(30, 0);
        Model model = Model.of(RONDO, spec, 3).train(data, "BinaryCrossEntropy", "Adam_lr=0.02", plan);
        assertThat(model.spec().width()).isEqualTo(1);
        assertThat(model.forecast(Sequences.of(6, 1, 1, new float[] {0, 0, 0, 1, 1, 1}), 7))
                .containsExactly(0, 0, 0, 1, 1, 1, 0);
        assertThatThrownBy(() -> model.train(data, "Adam", plan))
                .isInstanceOf(UsageException.class)
                .hasMessage("CrossEntropy needs [2] outputs for bit, the model has [1]: make it of a spec with the"
                        + " outputs that the loss needs");
    }

    @Test
    void learnsWhatFollowsAndSaysItAgainFromItsFile() {
        Dataset data = letters();
        Model model = trained(data, "Embedding_4 GRU_12");
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        Model loaded = Model.load(RONDO, file);
        assertThat(loaded.spec().classes()).isEqualTo(Map.of("letter", LETTERS));
        assertThat(loaded.spec().outputs()).containsExactly(3);
        Sequences begun = Sequences.of(5, 1, 1, new float[] {0, 0, 1, 2, 0});
        assertThat(loaded.forecast(begun, 8)).containsExactly(0, 1, 2, 0, 0, 1, 2, 0);
        assertThat(loaded.predict(begun).output())
                .isEqualTo(model.predict(begun).output());
        Stepper stepper = loaded.stepper();
        float[] scores = new float[3];
        for (float letter : begun.values()) {
            stepper.step(new float[] {letter}, scores);
        }
        float[] whole = model.predict(begun).output();
        for (int k = 0; k < 3; k++) {
            assertThat(scores[k]).isEqualTo(whole[4 * 3 + k], within(1e-5f));
        }
    }

    @Test
    void itsFiguresAreThoseOfItsProbabilities() {
        Dataset data = letters();
        Model model = trained(data, "OneHot LSTM_12");
        Objective objective = RONDO.objective("", data.classes());
        Evaluation.Part test = new Evaluation(
                        model.traced(), RONDO.engine().evaluator(model.traced()), objective, data, 20)
                .all(model.parameters())
                .test();
        Metrics metrics = RONDO.metrics("", data);
        Map<String, Double> figures = metrics.ofModel(objective, test.output(), data.test());
        assertThat(figures.get("Accuracy")).isEqualTo(1);
        assertThat(figures.get("BitsPerCharacter")).isLessThan(.1);
        assertThat(figures.get("BitsPerCharacter") * Math.log(2)).isEqualTo(test.loss(), within(1e-9));
        float[] given =
                data.forecast(objective, test.output(), data.test(), 0, 0).prediction();
        double nats = 0;
        for (float each : given) {
            nats -= Math.log(each) / given.length;
        }
        assertThat(nats).isEqualTo(test.loss(), within(1e-6));
    }

    @Test
    void itIsToldWhetherClassesAreTakenForNumbers() {
        Dataset data = letters();
        for (String layers : List.of("Embedding_4 GRU_5", "OneHot GRU_5")) {
            assertThat(Graphs.computesWithClasses(
                            Model.of(RONDO, ModelSpec.of(layers, data), 1).traced()))
                    .as(layers)
                    .isFalse();
        }
        for (String layers : List.of("GRU_5", "Linear_3", "CausalConv1d_4")) {
            assertThat(Graphs.computesWithClasses(
                            Model.of(RONDO, ModelSpec.of(layers, data), 1).traced()))
                    .as(layers)
                    .isTrue();
        }
        ModelSpec numbers = ModelSpec.of("GRU_5", 2, 1)
                .withColumns(List.of("x", "y"), List.of("x"), Normalization.none(List.of("x", "y")));
        assertThat(Graphs.computesWithClasses(Model.of(RONDO, numbers, 1).traced()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Embedding_4_vocabulary=3 GRU_2", "OneHot_vocabulary=3 GRU_2"})
    void whatIsLookedUpMustBeNumbersOfTheVocabularyAsTheyAre(String layers) {
        assertThatCode(() -> trainedOnNumbers(layers, Scaling.NONE, 2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> trainedOnNumbers(layers, Scaling.STANDARD, 2))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("looks up the numbers in column 'kind', but the column is scaled: --scaling none"
                        + " leaves its values as they are");
        for (float wrong : new float[] {3, -1, 0.5f}) {
            assertThatThrownBy(() -> trainedOnNumbers(layers, Scaling.NONE, wrong))
                    .isInstanceOf(DataException.class)
                    .hasMessageMatching("column 'kind' has (3|-1|0\\.5) in row 42, but 1\\.\\w+ looks up whole numbers"
                            + " from 0 to 2");
        }
    }

    /** Numbers 0 to 2, one of which is {@code special}. */
    private static void trainedOnNumbers(String layers, Scaling scaling, float special) {
        float[][] numbers = new float[1][101];
        for (int t = 0; t < 101; t++) {
            numbers[0][t] = t == 41 ? special : t % 3;
        }
        Dataset data =
                Dataset.of(Series.of("kind", numbers), DataSetup.standard().withScaling(scaling));
        Model.of(RONDO, ModelSpec.of(layers, data), 1)
                .train(data, "Adam", TrainingPlan.standard().withEpochs(1).withChunks(10, 0));
    }
}
