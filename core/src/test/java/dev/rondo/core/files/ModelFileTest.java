package dev.rondo.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.DataException;
import dev.rondo.core.data.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final ModelFile MODEL = new ModelFile(
            "LSTM_2_peephole=true",
            "Linear_1",
            "",
            "ISRU_tanh_alpha=2",
            List.of("a \"b\"", "ü"),
            List.of("ü"),
            new Normalization(
                    List.of(new Normalization.Scale("a \"b\"", 1 / 3.0, 1e-12), new Normalization.Scale("ü", -7, 0.1))),
            Map.of("ü", List.of("x", "\n", "\"")),
            List.of(3),
            new TreeMap<>(Map.of("LSTM", "0.1.0", "Linear", "")),
            Map.of("1.LSTM", "abc"),
            Map.of("1.LSTM/f.W", Tensor.of(new float[] {1, Float.MIN_VALUE}, 1, 2)));

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = folder.resolve("model.safetensors");
        MODEL.write(file);
        ModelFile read = ModelFile.read(file);
        assertThat(read).usingRecursiveComparison().isEqualTo(MODEL);

        Path again = folder.resolve("again.safetensors");
        read.write(again);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void saysWhatIsWrong() {
        Path file = folder.resolve("model.safetensors");
        refused(file, Map.of("format", "pt"), "is no model of Rondo's: its metadata lack 'rondo.model'");
        refused(file, Map.of("rondo.model", "2"), "is a model of format version 2; this Rondo reads version 1");
        MODEL.write(file);
        Map<String, String> good = Safetensors.read(file).metadata();
        refused(file, without(good, "layers"), "is damaged: metadata 'layers': it is missing");
        refused(file, with(good, "plugins", "[1]"), "is damaged: metadata 'plugins': it is no JSON object");
        refused(file, with(good, "inputs", "7"), "is damaged: metadata 'inputs': it is no list of names: 7");
        refused(
                file,
                with(good, "normalization", "{\"a\":[0,0]}"),
                "column 'a' has [0, 0] instead of mean and deviation");
    }

    private static void refused(Path file, Map<String, String> metadata, String problem) {
        new Safetensors(new TreeMap<>(metadata), Map.of()).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(problem);
    }

    private static Map<String, String> without(Map<String, String> good, String key) {
        Map<String, String> changed = new TreeMap<>(good);
        changed.remove(key);
        return changed;
    }

    private static Map<String, String> with(Map<String, String> good, String key, String value) {
        Map<String, String> changed = new TreeMap<>(good);
        changed.put(key, value);
        return changed;
    }
}
