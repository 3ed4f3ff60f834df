package dev.rondo.verification.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.Session;
import dev.rondo.core.Stepper;
import dev.rondo.core.data.Normalization;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.files.Safetensors;
import dev.rondo.core.files.Tensor;
import dev.rondo.core.trace.StateSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelTest {
    private static final Rondo RONDO = Rondo.create();
    private static final int STEPS = 12;
    private static final int BATCH = 3;

    @TempDir
    Path folder;

    @Test
    void aWholeAndItsPiecesGiveTheSame() {
        Model model = model("GRU_7 CausalConv1d_4_kernel-size=3 SRU_5");
        float[] input = input(STEPS, BATCH, 2);
        float[] whole = model.predict(input, STEPS, BATCH);
        Session session = model.session();
        float[] pieces = new float[whole.length];
        int at = 0;
        for (int[] piece : new int[][] {{0, 5}, {5, 6}, {6, STEPS}}) {
            float[] part = Arrays.copyOfRange(input, piece[0] * BATCH * 2, piece[1] * BATCH * 2);
            float[] output = session.predict(part, piece[1] - piece[0], BATCH);
            System.arraycopy(output, 0, pieces, at, output.length);
            at += output.length;
        }
        assertThat(pieces).containsExactly(whole, offset(1e-6f));
    }

    @Test
    void aStepperGivesWhatTheWholeGives() {
        Model model = model("LSTM_9");
        float[] input = input(STEPS, 1, 2);
        float[] whole = model.predict(input, STEPS, 1);
        Stepper stepper = model.stepper();
        for (int round = 0; round < 2; round++) {
            for (int t = 0; t < STEPS; t++) {
                float[] output = stepper.step(input[2 * t], input[2 * t + 1]);
                assertThat(output[0]).isCloseTo(whole[t], offset(1e-6f));
            }
            stepper.reset();
        }
    }

    @Test
    void normalizationIsPartOfTheModel() {
        Model plain = model("LSTM_4");
        Normalization scales = new Normalization(List.of(
                new Normalization.Scale("x1", 10, 2),
                new Normalization.Scale("x2", 0, 1),
                new Normalization.Scale("y1", -5, 3)));
        ModelSpec spec = plain.spec().withColumns(List.of("x1", "x2"), List.of("y1"), scales);
        Model scaled = Model.of(RONDO, spec, 1);
        float[] input = input(STEPS, 1, 2);
        float[] shifted = input.clone();
        for (int i = 0; i < input.length; i += 2) {
            shifted[i] = 10 + 2 * input[i];
        }
        float[] expected = plain.predict(input, STEPS, 1);
        float[] output = scaled.predict(shifted, STEPS, 1);
        for (int t = 0; t < STEPS; t++) {
            assertThat(output[t]).isCloseTo(3 * expected[t] - 5, offset(1e-5f));
        }
    }

    @Test
    void takesAndGivesArrays() {
        Model model = model("GRU_4");
        float[] input = input(STEPS, BATCH, 2);
        float[] expected = model.predict(input, STEPS, BATCH);
        INDArray array = Nd4j.create(input, new long[] {STEPS, BATCH, 2}, 'c');
        INDArray output = model.predict(array);
        assertThat(output.shape()).containsExactly(STEPS, BATCH, 1);
        assertThat(output.dup('c').data().asFloat()).containsExactly(expected);
        // Views, column-major order and doubles are the caller's business, not the model's.
        INDArray odd = Nd4j.concat(0, array, array)
                .castTo(DataType.DOUBLE)
                .dup('f')
                .get(org.nd4j.linalg.indexing.NDArrayIndex.interval(STEPS, 2 * STEPS));
        assertThat(model.predict(odd).dup('c').data().asFloat()).containsExactly(expected);
        assertThatThrownBy(() -> model.predict(array.reshape(STEPS, 2 * BATCH)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("(time, batch, features) is needed, got one of shape [12, 6]");
    }

    @Test
    void everythingASessionOffersIsLegalBeforeTheFirstInput() {
        Session session = model("LSTM_4").session();
        session.reset();
        session.reset(true, false);
        session.detach();
        assertThat(session.hidden()).isEmpty();
        assertThat(session.state()).isEmpty();
        session.step(1, 2, 3, 4);
        assertThat(session.hidden().get("1.LSTM/h").shape()).containsExactly(2, 4);
    }

    @Test
    void resettingOneRowLeavesTheOthers() {
        Model model = model("LSTM_4");
        Session session = model.session();
        float[] first = input(1, 2, 2);
        session.step(first);
        session.reset(true, false);
        float[] after = session.step(first);
        assertThat(after[0]).isEqualTo(model.predict(first, 1, 2)[0]);
        assertThat(after[1]).isNotEqualTo(model.predict(first, 1, 2)[1]);
    }

    @Test
    void aBatchThatDoesNotFitTheStateIsAnError() {
        Session session = model("LSTM_4").session();
        session.predict(input(STEPS, 3, 2), STEPS, 3);
        float[] other = input(STEPS, 2, 2);
        assertThatThrownBy(() -> session.predict(other, STEPS, 2))
                .isInstanceOf(UsageException.class)
                .hasMessage("the state is that of 3 rows, but the input has 2: reset it, or keep to the batch size");
        session.reset();
        assertThat(session.predict(other, STEPS, 2)).hasSize(STEPS * 2);
    }

    @Test
    void aModelThatLooksAheadRefusesStreams() {
        Model model = model("Bidirectional(GRU_3)");
        float[] input = input(STEPS, BATCH, 2);
        assertThat(model.predict(input, STEPS, BATCH)).hasSize(STEPS * BATCH);
        assertThatThrownBy(model::session)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("looks ahead in 1.Bidirectional")
                .hasMessageContaining("whole sequences");
        assertThatThrownBy(model::stepper).isInstanceOf(UsageException.class);
        List<StateSlot> slots = model.traced().states();
        float[][] values =
                slots.stream().map(slot -> new float[BATCH * slot.length()]).toArray(float[][]::new);
        ModelState begun = ModelState.of(slots, BATCH, values, new long[] {1, 1, 1}, new double[BATCH]);
        assertThatThrownBy(() -> model.predict(Sequences.of(STEPS, BATCH, 2, input), begun))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a state from earlier input means nothing to it");
    }

    @Test
    void aForecastFeedsOutputsBack() {
        Model model = Model.of(RONDO, ModelSpec.of("GRU_5", 1, 1), 2);
        float[] history = input(STEPS, 1, 1);
        float[] forecast = model.forecast(Sequences.of(STEPS, 1, 1, history), 4);
        // Each forecast again from the whole series, prolonged by what was forecast so far.
        float[] series = history;
        for (int step = 0; step < 4; step++) {
            float[] output = model.predict(series, series.length, 1);
            assertThat(forecast[step]).isCloseTo(output[output.length - 1], offset(1e-6f));
            series = Arrays.copyOf(series, series.length + 1);
            series[series.length - 1] = forecast[step];
        }
        assertThatThrownBy(() -> model("GRU_5").forecast(Sequences.of(1, 1, 2, input(1, 1, 2)), 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("reads 'x1' but predicts only y1");
    }

    @Test
    void savesAndLoads() throws IOException {
        Model model =
                Model.of(RONDO, ModelSpec.of("Zoneout(GRU_4)_p=.1 LSTM_3", 2, 1).withGates("ISRU_sigmoid", ""), 5);
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        Model loaded = Model.load(RONDO, file);
        float[] input = input(STEPS, BATCH, 2);
        assertThat(loaded.predict(input, STEPS, BATCH)).containsExactly(model.predict(input, STEPS, BATCH));
        assertThat(loaded).hasToString(model.toString());
        Path again = folder.resolve("again.safetensors");
        loaded.save(again);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
        assertThat(Safetensors.read(file).metadata().get("plugins")).contains("GRU", "ISRU_sigmoid", "LSTM", "Zoneout");
    }

    @Test
    void refusesFilesThatItCannotTrust() throws IOException {
        Path file = folder.resolve("model.safetensors");
        model("LSTM_4").save(file);
        Safetensors good = Safetensors.read(file);

        change(good, file, "plugins", "{\"LSTM\":\"0.1.0\",\"Linear\":\"\",\"Foo\":\"1.2\"}");
        refused(file, "needs the plugin Foo 1.2, which is not among those found");

        change(
                good,
                file,
                "equations",
                good.metadata().get("equations").replaceFirst("\"1.LSTM\":\".", "\"1.LSTM\":\"x"));
        refused(file, "the equations of layer 1.LSTM have changed");
        assertThat(Model.loadByForce(RONDO, file).parameters())
                .isDeepEqualTo(model("LSTM_4").parameters());

        change(good, file, "layers", "LSTM_5");
        refused(file, "1.LSTM");

        Map<String, Tensor> fewer = new LinkedHashMap<>(good.tensors());
        String gone = fewer.keySet().iterator().next();
        fewer.remove(gone);
        new Safetensors(good.metadata(), fewer).write(file);
        refused(file, "lacks the parameter " + gone);

        Map<String, Tensor> broken = new LinkedHashMap<>(good.tensors());
        broken.put("2.Linear/out.b", Tensor.of(new float[] {Float.NaN}, 1));
        new Safetensors(good.metadata(), broken).write(file);
        refused(file, "value 1 of 1 of 2.Linear/out.b is NaN");

        good.write(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
        refused(file, "is truncated");
    }

    private static void change(Safetensors good, Path file, String key, String value) {
        TreeMap<String, String> metadata = new TreeMap<>(good.metadata());
        metadata.put(key, value);
        new Safetensors(metadata, good.tensors()).write(file);
    }

    private static void refused(Path file, String problem) {
        assertThatThrownBy(() -> Model.load(RONDO, file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    private static Model model(String layers) {
        return Model.of(RONDO, ModelSpec.of(layers, 2, 1), 1);
    }

    private static float[] input(int steps, int batch, int width) {
        Random random = new Random(11);
        float[] values = new float[steps * batch * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
