package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.files.Json;
import dev.rondo.core.files.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits on gradients from the command line: each reaches the update, and a run keeps it. */
class ClippingTest {
    @TempDir
    Path folder;

    @Test
    void limitsHoldBackWhatTheyAreFor() throws IOException {
        Map<String, Tensor> free = train("free");
        Map<String, Tensor> tensors = train("tensors", "--clip-tensor-norm", "1e-12");
        Map<String, Tensor> units = train("units", "--clip-adaptive", "1e-12");
        assertThat(free.keySet()).hasSize(5).isEqualTo(tensors.keySet()).isEqualTo(units.keySet());
        free.forEach((name, trained) -> {
            float[] initial = tensors.get(name).floats(); // such small steps are lost in a float
            assertThat(farthest(trained.floats(), initial)).as(name).isGreaterThan(1e-4);
            if (name.startsWith("2.Linear/")) { // the head has no such limit
                assertThat(farthest(units.get(name).floats(), initial)).as(name).isGreaterThan(1e-4);
            } else {
                assertThat(farthest(units.get(name).floats(), initial)).as(name).isLessThan(1e-12);
            }
        });
    }

    @Test
    void aRunKeepsItsLimits() throws IOException {
        train("run", "--clip-tensor-norm", "0.5", "--clip-adaptive", "0.01");
        Object arguments =
                Json.object(Files.readString(folder.resolve("run/config.json"))).get("arguments");
        assertThat(String.valueOf(arguments))
                .contains("--clip-norm, 0, --clip-value, 0, --clip-tensor-norm, 0.5, --clip-adaptive, 0.01");
    }

    private static double farthest(float[] values, float[] others) {
        double farthest = 0;
        for (int i = 0; i < values.length; i++) {
            farthest = Math.max(farthest, Math.abs((double) values[i] - others[i]));
        }
        return farthest;
    }

    /** The parameters after three epochs of gradient descent. */
    private Map<String, Tensor> train(String name, String... limits) {
        Path folderOfRun = folder.resolve(name);
        List<String> all = new ArrayList<>(List.of("train", "--out", folderOfRun.toString(), "--json"));
        all.addAll(List.of("--data", "sine_1", "--layers", "RNN_4", "--optim", "SGD_lr=0.1", "--schedule", "Constant"));
        all.addAll(List.of("--epochs", "3", "--batch-size", "3", "--length", "200", "--seq-len", "50"));
        all.addAll(List.of("--clip-norm", "0"));
        all.addAll(List.of(limits));
        Run run = Run.of(all.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        Map<String, Tensor> parameters = new TreeMap<>();
        Checkpoint.read(folderOfRun.resolve("checkpoint.safetensors")).tensors().forEach((key, tensor) -> {
            if (key.startsWith("parameters/")) {
                parameters.put(key.substring("parameters/".length()), tensor);
            }
        });
        return parameters;
    }
}
