package dev.rondo.core;

import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Normalization;
import dev.rondo.core.trace.Objective;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model is before it has parameters; immutable.
 *
 * @param layers spec of the layers, as in {@code "LSTM_50 Dropout_p=0.1"}
 * @param head whether a Linear is appended where the last layer is not as wide as the targets need
 * @param sigmoid spec of what takes the place of the sigmoid in all cells, empty for the sigmoid itself
 * @param tanh likewise
 * @param inputs names of the columns that it reads
 * @param targets names of the columns that it predicts
 * @param normalization of all these columns
 * @param classes names of the classes, for each of these columns that holds numbers of classes
 * @param outputs how many outputs stand for each target: 1 for a number, and for a class what the loss needs
 */
public record ModelSpec(
        String layers,
        boolean head,
        String sigmoid,
        String tanh,
        List<String> inputs,
        List<String> targets,
        Normalization normalization,
        Map<String, List<String>> classes,
        List<Integer> outputs) {
    public ModelSpec {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
        classes = Map.copyOf(classes);
        outputs = List.copyOf(outputs);
        if (outputs.size() != targets.size()) {
            throw new IllegalArgumentException(outputs + " outputs for the targets " + targets);
        }
    }

    /**
     * Layers between {@code inputs} and {@code outputs} nameless columns, which are used as they are. Where there are as many outputs as
     * inputs they are taken for the same columns, so that outputs can be fed back in a forecast.
     */
    public static ModelSpec of(String layers, int inputs, int outputs) {
        List<String> names =
                IntStream.range(0, inputs).mapToObj(i -> "x" + (i + 1)).toList();
        List<String> targets = inputs == outputs
                ? names
                : IntStream.range(0, outputs).mapToObj(i -> "y" + (i + 1)).toList();
        List<String> all = inputs == outputs
                ? names
                : Stream.concat(names.stream(), targets.stream()).toList();
        return new ModelSpec(layers, true, "", "", names, targets, Normalization.none(all), Map.of(), numbers(targets));
    }

    private static List<Integer> numbers(List<String> targets) {
        return targets.stream().map(target -> 1).toList();
    }

    /**
     * Layers that read the inputs of {@code data} and predict its targets, scaled as the data are; a target with classes has an output
     * for each.
     */
    public static ModelSpec of(String layers, Dataset data) {
        ModelSpec spec = of(layers, data.width(), data.targetWidth())
                .withColumns(data.series().inputs(), data.series().targets(), data.normalization())
                .withClasses(data.series().classes());
        return spec.withOutputs(
                data.classes().stream().map(count -> Math.max(1, count)).toList());
    }

    /** For these columns; targets are numbers. */
    public ModelSpec withColumns(List<String> newInputs, List<String> newTargets, Normalization newNormalization) {
        return new ModelSpec(
                layers, head, sigmoid, tanh, newInputs, newTargets, newNormalization, Map.of(), numbers(newTargets));
    }

    /** With names for the classes of some columns. */
    public ModelSpec withClasses(Map<String, List<String>> names) {
        return new ModelSpec(layers, head, sigmoid, tanh, inputs, targets, normalization, names, outputs);
    }

    /** With so many outputs for each target, as a loss {@linkplain Objective#widths needs}. */
    public ModelSpec withOutputs(List<Integer> widths) {
        return new ModelSpec(layers, head, sigmoid, tanh, inputs, targets, normalization, classes, widths);
    }

    /** With these activations in place of every cell's gates; an empty spec leaves the gate as it is. */
    public ModelSpec withGates(String newSigmoid, String newTanh) {
        return new ModelSpec(layers, head, newSigmoid, newTanh, inputs, targets, normalization, classes, outputs);
    }

    /** Appends a Linear where it is needed, or never. */
    public ModelSpec withHead(boolean automatic) {
        return new ModelSpec(layers, automatic, sigmoid, tanh, inputs, targets, normalization, classes, outputs);
    }

    /** Number of classes of each input, 0 for a number. */
    public List<Integer> inputClasses() {
        return counts(inputs);
    }

    /** Number of classes of each target, 0 for a number. */
    public List<Integer> targetClasses() {
        return counts(targets);
    }

    private List<Integer> counts(List<String> columns) {
        return columns.stream()
                .map(column -> classes.getOrDefault(column, List.of()).size())
                .toList();
    }

    /** Number of outputs in each step. */
    public int width() {
        return outputs.stream().mapToInt(each -> each).sum();
    }
}
