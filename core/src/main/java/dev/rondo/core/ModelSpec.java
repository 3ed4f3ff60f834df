package dev.rondo.core;

import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Normalization;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model is before it has parameters; immutable.
 *
 * @param layers spec of the layers, as in {@code "LSTM_50 Dropout_p=0.1"}
 * @param head whether a Linear is appended where the width of the last layer is not the number of targets
 * @param sigmoid spec of what takes the place of the sigmoid in all cells, empty for the sigmoid itself
 * @param tanh likewise
 * @param inputs names of the columns that it reads
 * @param targets names of the columns that it predicts
 * @param normalization of all these columns
 */
public record ModelSpec(
        String layers,
        boolean head,
        String sigmoid,
        String tanh,
        List<String> inputs,
        List<String> targets,
        Normalization normalization) {
    public ModelSpec {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
    }

    /** Layers between {@code inputs} and {@code outputs} nameless columns, which are used as they are. */
    public static ModelSpec of(String layers, int inputs, int outputs) {
        List<String> names =
                IntStream.range(0, inputs).mapToObj(i -> "x" + (i + 1)).toList();
        List<String> targets = inputs == outputs
                ? names
                : IntStream.range(0, outputs).mapToObj(i -> "y" + (i + 1)).toList();
        List<String> all = inputs == outputs
                ? names
                : java.util.stream.Stream.concat(names.stream(), targets.stream())
                        .toList();
        return new ModelSpec(layers, true, "", "", names, targets, Normalization.none(all));
    }

    /** Layers that read the inputs of {@code data} and predict its targets, scaled as the data are. */
    public static ModelSpec of(String layers, Dataset data) {
        return of(layers, data.width(), data.targetWidth())
                .withColumns(data.series().inputs(), data.series().targets(), data.normalization());
    }

    /** For these columns. */
    public ModelSpec withColumns(List<String> newInputs, List<String> newTargets, Normalization newNormalization) {
        return new ModelSpec(layers, head, sigmoid, tanh, newInputs, newTargets, newNormalization);
    }

    /** With these activations in place of every cell's gates; an empty spec leaves the gate as it is. */
    public ModelSpec withGates(String newSigmoid, String newTanh) {
        return new ModelSpec(layers, head, newSigmoid, newTanh, inputs, targets, normalization);
    }

    /** Appends a Linear where it is needed, or never. */
    public ModelSpec withHead(boolean automatic) {
        return new ModelSpec(layers, automatic, sigmoid, tanh, inputs, targets, normalization);
    }
}
