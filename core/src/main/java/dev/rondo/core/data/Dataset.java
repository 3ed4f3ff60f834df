package dev.rondo.core.data;

import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Series as a one-step forecaster sees them: step t reads the inputs of value t and predicts the targets of value t + 1.
 *
 * <p>Every series is one row of a batch; all are split at the same steps. Evaluation runs each row from its beginning through
 * training, validation and test part, so the state is carried on and every target of a part is scored. Immutable.
 */
public final class Dataset {
    private final Series series;
    private final Normalization normalization;
    private final int streams;
    private final Span training;
    private final Span validation;
    private final Span test;
    private final float[] inputs;
    private final float[] targets;
    private final float[] truth;
    private final int[] targetColumns;

    private Dataset(
            Series series, Normalization normalization, int streams, Span training, Span validation, Span test) {
        this.series = series;
        this.normalization = normalization;
        this.streams = streams;
        this.training = training;
        this.validation = validation;
        this.test = test;
        this.inputs = normalization.scale(columns(series, series.inputs(), 0, steps()), series.inputs());
        this.truth = columns(series, series.targets(), 1, steps());
        this.targets = normalization.scale(truth, series.targets());
        this.targetColumns =
                series.targets().stream().mapToInt(series.columns()::indexOf).toArray();
    }

    /** Opens {@code source} and splits and scales what it gives as {@code setup} says. */
    public static Dataset open(Configured<SeriesSource> source, DataSetup setup) {
        Scaling scaling = setup.scaling();
        if (scaling == Scaling.AUTO) {
            scaling = source.plugin().readsFile() ? Scaling.STANDARD : Scaling.NONE;
        }
        return of(Sources.open(source, setup), setup.withScaling(scaling));
    }

    /** Splits and scales {@code series} as {@code setup} says. */
    public static Dataset of(Series series, DataSetup setup) {
        Span[] spans = setup.split().spans(Math.max(0, series.length() - 1));
        Normalization normalization = setup.scaling() == Scaling.STANDARD
                ? Normalization.standard(series, spans[0].to() + 1)
                : Normalization.none(series.columns());
        return new Dataset(series, normalization, setup.streams(), spans[0], spans[1], spans[2]);
    }

    /** All values of {@code series}, up to the last, as inputs for a model that was trained with {@code normalization}. */
    public static Sequences history(Series series, Normalization normalization) {
        int steps = series.length();
        float[] values = normalization.scale(columns(series, series.inputs(), 0, steps), series.inputs());
        return sequences(series, values, new Span(0, steps));
    }

    /** This data set with the validation part added to the training part, for a last fit after all choices were made. */
    public Dataset refit() {
        return new Dataset(series, normalization, streams, new Span(0, validation.to()), validation, test);
    }

    public Series series() {
        return series;
    }

    public Normalization normalization() {
        return normalization;
    }

    /** Number of inputs of a model. */
    public int width() {
        return series.inputs().size();
    }

    /** Number of outputs of a model. */
    public int targetWidth() {
        return series.targets().size();
    }

    /** Number of classes of each target, 0 for a number. */
    public List<Integer> classes() {
        return Collections.nCopies(targetWidth(), 0);
    }

    /** Number of series, which are rows in evaluation. */
    public int rows() {
        return series.count();
    }

    /** Number of steps of each row in all three parts. */
    public int steps() {
        return series.length() - 1;
    }

    /** Into how many streams the training part of each series is cut. */
    public int streams() {
        return streams;
    }

    public Span training() {
        return training;
    }

    public Span validation() {
        return validation;
    }

    public Span test() {
        return test;
    }

    /** Scaled inputs of all rows. */
    public Sequences inputs(Span span) {
        int step = rows() * width();
        return sequences(series, Arrays.copyOfRange(inputs, span.from() * step, span.to() * step), span);
    }

    /** Scaled targets, [time, row, target]. */
    public float[] targets(Span span) {
        int step = rows() * targetWidth();
        return Arrays.copyOfRange(targets, span.from() * step, span.to() * step);
    }

    /** Targets in the data's own units, [time, row, target]. */
    public float[] truth(Span span) {
        int step = rows() * targetWidth();
        return Arrays.copyOfRange(truth, span.from() * step, span.to() * step);
    }

    /** A model's output [time, row, target] in the data's own units. */
    public float[] inUnits(float[] output) {
        return normalization.unscale(output, series.targets());
    }

    /** How well {@code output}, the model's scaled output at every step of {@code span}, meets the truth, in the data's own units. */
    public Accuracy accuracy(float[] output, Span span) {
        return Accuracy.of(truth(span), inUnits(output));
    }

    /** What {@code output}, the model's scaled output at every step of {@code span}, says about one target of one series. */
    public Forecast forecast(float[] output, Span span, int row, int target) {
        float[] predicted = inUnits(output);
        float[] happened = truth(span);
        float[] truths = new float[span.steps()];
        float[] predictions = new float[span.steps()];
        List<String> labels = new ArrayList<>();
        for (int t = 0; t < span.steps(); t++) {
            int at = (t * rows() + row) * targetWidth() + target;
            truths[t] = happened[at];
            predictions[t] = predicted[at];
            labels.add(series.label(span.from() + t + 1));
        }
        return new Forecast(series.targets().get(target), labels, truths, predictions);
    }

    /**
     * The training part in chunks of {@code length} steps.
     *
     * @param warmup how many steps at the beginning of each stream are left out of the loss
     */
    public Chunks chunks(int length, int warmup) {
        return new Chunks(this, length, warmup);
    }

    /** A digest of all values, hexadecimal; the same data give the same. */
    public String digest() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * (inputs.length + truth.length));
        bytes.asFloatBuffer().put(columns(series, series.inputs(), 0, steps())).put(truth);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** Value {@code t} of a target column in the data's own units; t may be the one after the last step. */
    double value(int row, int target, int t) {
        return series.values()[row][t][targetColumns[target]];
    }

    float[] allInputs() {
        return inputs;
    }

    float[] allTargets() {
        return targets;
    }

    private static Sequences sequences(Series series, float[] values, Span span) {
        int rows = series.count();
        double[] stamps = null;
        if (series.times().length > 0) {
            stamps = new double[span.steps() * rows];
            for (int i = 0; i < stamps.length; i++) {
                stamps[i] = series.times()[span.from() + i / rows];
            }
        }
        return new Sequences(span.steps(), rows, series.inputs().size(), values, null, stamps);
    }

    /** Values {@code from} to {@code from + steps} of some columns, [time, row, column]. */
    private static float[] columns(Series series, List<String> names, int from, int steps) {
        int[] at = names.stream().mapToInt(series.columns()::indexOf).toArray();
        float[] result = new float[steps * series.count() * at.length];
        int next = 0;
        for (int t = from; t < from + steps; t++) {
            for (float[][] row : series.values()) {
                for (int column : at) {
                    result[next++] = row[t][column];
                }
            }
        }
        return result;
    }
}
