package dev.rondo.core.files;

import dev.rondo.api.spi.DataException;
import dev.rondo.core.data.Normalization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A trained model as a file: parameters under readable names, and what they mean. No clock, host or path is in it.
 *
 * @param layers spec of the layers, without one that was added
 * @param head spec of the layer that was added to fit the target, empty where none was
 * @param sigmoid spec of what takes the sigmoid's place in cells, empty for the sigmoid itself
 * @param tanh likewise
 * @param inputs names of the columns that it reads
 * @param targets names of the columns that it predicts
 * @param normalization of all these columns
 * @param classes names of the classes, for each of these columns that holds numbers of classes
 * @param outputs how many outputs stand for each target
 * @param plugins version by name of each plugin that the specs use, empty where it has none
 * @param equations digest of the traced equations by layer, as in {@code 1.LSTM}
 * @param parameters values by name
 */
public record ModelFile(
        String layers,
        String head,
        String sigmoid,
        String tanh,
        List<String> inputs,
        List<String> targets,
        Normalization normalization,
        Map<String, List<String>> classes,
        List<Integer> outputs,
        SortedMap<String, String> plugins,
        Map<String, String> equations,
        Map<String, Tensor> parameters) {
    private static final String FORMAT = "rondo.model";
    private static final String VERSION = "1";

    public ModelFile {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
        classes = Map.copyOf(classes);
        outputs = List.copyOf(outputs);
        plugins = Collections.unmodifiableSortedMap(new TreeMap<>(plugins));
        equations = Collections.unmodifiableMap(new LinkedHashMap<>(equations));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws DataException if it is no model, damaged, or of another format version
     */
    public static ModelFile read(Path file) {
        Safetensors content = Safetensors.read(file);
        return new Reader(file, content.metadata()).model(content.tensors());
    }

    /** Writes the file as a whole or not at all; the same model gives the same bytes. */
    public void write(Path file) {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put(FORMAT, VERSION);
        metadata.put("layers", layers);
        metadata.put("head", head);
        metadata.put("sigmoid", sigmoid);
        metadata.put("tanh", tanh);
        metadata.put("inputs", Json.line(inputs));
        metadata.put("targets", Json.line(targets));
        Map<String, Object> scales = new LinkedHashMap<>();
        for (Normalization.Scale scale : normalization.scales()) {
            scales.put(scale.column(), List.of(scale.mean(), scale.deviation()));
        }
        metadata.put("normalization", Json.line(scales));
        if (!classes.isEmpty()) {
            metadata.put("classes", Json.line(new TreeMap<>(classes)));
            metadata.put("outputs", Json.line(outputs));
        }
        metadata.put("plugins", Json.line(plugins));
        metadata.put("equations", Json.line(equations));
        new Safetensors(metadata, parameters).write(file);
    }

    /** Metadata that are being read. */
    private record Reader(Path file, Map<String, String> metadata) {
        ModelFile model(Map<String, Tensor> tensors) {
            String version = metadata.get(FORMAT);
            if (version == null) {
                throw new DataException(file + " is no model of Rondo's: its metadata lack '" + FORMAT + "'");
            }
            if (!version.equals(VERSION)) {
                throw new DataException(
                        file + " is a model of format version " + version + "; this Rondo reads version " + VERSION);
            }
            List<Normalization.Scale> scales = new ArrayList<>();
            object("normalization").forEach((column, value) -> scales.add(scale(column, value)));
            return new ModelFile(
                    text("layers"),
                    text("head"),
                    text("sigmoid"),
                    text("tanh"),
                    strings("inputs"),
                    strings("targets"),
                    new Normalization(scales),
                    classes(),
                    outputs(),
                    new TreeMap<>(texts("plugins")),
                    texts("equations"),
                    tensors);
        }

        private Normalization.Scale scale(String column, Object value) {
            if (value instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof Number mean
                    && pair.get(1) instanceof Number deviation
                    && deviation.doubleValue() > 0) {
                return new Normalization.Scale(column, mean.doubleValue(), deviation.doubleValue());
            }
            throw damaged("normalization", "column '" + column + "' has " + value + " instead of mean and deviation");
        }

        private String text(String key) {
            String text = metadata.get(key);
            if (text == null) {
                throw damaged(key, "it is missing");
            }
            return text;
        }

        private Map<String, Object> object(String key) {
            return object(text(key), key);
        }

        /** None in files of models that know numbers only. */
        private Map<String, List<String>> classes() {
            Map<String, List<String>> classes = new LinkedHashMap<>();
            if (metadata.containsKey("classes")) {
                object("classes").forEach((column, names) -> classes.put(column, strings(names, "classes")));
            }
            return classes;
        }

        private List<Integer> outputs() {
            List<String> targets = strings("targets");
            if (!metadata.containsKey("outputs")) {
                return Collections.nCopies(targets.size(), 1);
            }
            try {
                List<Integer> outputs =
                        strings("outputs").stream().map(Integer::valueOf).toList();
                if (outputs.size() == targets.size() && outputs.stream().allMatch(each -> each > 0)) {
                    return outputs;
                }
            } catch (NumberFormatException notWhole) {
                throw damaged("outputs", "they are no whole numbers: " + text("outputs"));
            }
            throw damaged("outputs", text("outputs") + " for the targets " + targets);
        }

        private Map<String, String> texts(String key) {
            Map<String, String> texts = new LinkedHashMap<>();
            object(key).forEach((name, value) -> texts.put(name, String.valueOf(value)));
            return texts;
        }

        private List<String> strings(String key) {
            return strings(object("{\"list\":" + text(key) + "}", key).get("list"), key);
        }

        private List<String> strings(@Nullable Object list, String key) {
            if (list instanceof List<?> names && !names.isEmpty()) {
                return names.stream().map(String::valueOf).toList();
            }
            throw damaged(key, "it is no list of names: " + list);
        }

        private Map<String, Object> object(String text, String key) {
            try {
                return Json.object(text);
            } catch (JacksonException problem) {
                throw damaged(key, "it is no JSON object: " + problem.getOriginalMessage());
            }
        }

        private DataException damaged(String key, String problem) {
            return new DataException(file + " is damaged: metadata '" + key + "': " + problem);
        }
    }
}
