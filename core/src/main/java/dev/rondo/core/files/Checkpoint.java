package dev.rondo.core.files;

import dev.rondo.api.spi.DataException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything that a run needs to go on where it was, as a file.
 *
 * @param facts numbers and texts by key; doubles as {@link Double#toString} writes them, so that none is rounded
 * @param tensors arrays by name
 */
public record Checkpoint(SortedMap<String, String> facts, Map<String, Tensor> tensors) {
    private static final String FORMAT = "rondo.checkpoint";
    private static final String VERSION = "1";

    public Checkpoint {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Reads what {@link #write} wrote. */
    public static Checkpoint read(Path file) {
        Safetensors content = Safetensors.read(file);
        String version = content.metadata().get(FORMAT);
        if (version == null) {
            throw new DataException(file + " is no checkpoint: its metadata lack '" + FORMAT + "'");
        }
        if (!version.equals(VERSION)) {
            throw new DataException(
                    file + " is a checkpoint of format version " + version + "; this Rondo reads version " + VERSION);
        }
        SortedMap<String, String> facts = new TreeMap<>(content.metadata());
        facts.remove(FORMAT);
        return new Checkpoint(facts, content.tensors());
    }

    /** Writes the file; the one before it stays until the new one is complete. */
    public void write(Path file) {
        SortedMap<String, String> metadata = new TreeMap<>(facts);
        metadata.put(FORMAT, VERSION);
        new Safetensors(metadata, tensors).write(file);
    }

    /** The text under {@code key}. */
    public String text(String key) {
        String text = facts.get(key);
        if (text == null) {
            throw new DataException("the checkpoint lacks '" + key + "'");
        }
        return text;
    }

    /** The whole number under {@code key}. */
    public long whole(String key) {
        return number(key, Long::parseLong);
    }

    /** The number under {@code key}. */
    public double real(String key) {
        return number(key, Double::parseDouble);
    }

    private <T> T number(String key, Function<String, T> parser) {
        String text = text(key);
        try {
            return parser.apply(text);
        } catch (NumberFormatException damaged) {
            throw new DataException("the checkpoint says '" + key + "' is '" + text + "', which is no number", damaged);
        }
    }

    /** The array called {@code name}. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new DataException("the checkpoint lacks the array '" + name + "'");
        }
        return tensor;
    }

    /** The floats called {@code name}, {@code length} of them. */
    public float[] floats(String name, int length) {
        Tensor tensor = tensor(name);
        if (tensor.type() != Tensor.Type.F32 || tensor.length() != length) {
            throw new DataException(
                    "the checkpoint's array '" + name + "' is " + tensor + " where " + length + " floats are needed");
        }
        return tensor.floats();
    }

    /** The arrays whose names begin with {@code prefix}, under the rest of their names. */
    public Map<String, Tensor> under(String prefix) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), tensor);
            }
        });
        return found;
    }
}
