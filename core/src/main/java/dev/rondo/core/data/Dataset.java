package dev.rondo.core.data;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.measure.Measure;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Series as a model sees them: step t reads the inputs of value t and predicts the targets of value t + 1, or those of value t where
 * the series say so.
 *
 * <p>Every series is one row of a batch; all are split at the same steps. Evaluation runs each row from its beginning through
 * training, validation and test part, so the state is carried on and every target of a part is scored unless the series say
 * otherwise. Parts consist of whole episodes if the series do. Immutable.
 */
public final class Dataset {
    private static final int MOST_STREAMS = 32;
    private static final int STREAM = 1000;

    private final Series series;
    private final Normalization normalization;
    private final int streams;
    private final Span training;
    private final Span validation;
    private final Span test;
    private final float[] inputs;
    private final float[] targets;
    private final float[] truth;
    private final int[] inputColumns;
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
        this.truth = columns(series, series.targets(), series.ahead(), steps());
        this.targets = normalization.scale(truth, series.targets());
        this.inputColumns =
                series.inputs().stream().mapToInt(series.columns()::indexOf).toArray();
        this.targetColumns =
                series.targets().stream().mapToInt(series.columns()::indexOf).toArray();
    }

    /** Opens {@code source} and splits and scales what it gives as {@code setup} says. */
    public static Dataset open(Configured<SeriesSource> source, DataSetup setup) {
        return open(source, setup, sentence -> {});
    }

    /** Likewise, handing on what the source has to say about its series. */
    public static Dataset open(Configured<SeriesSource> source, DataSetup setup, Consumer<String> notices) {
        Scaling scaling = setup.scaling();
        if (scaling == Scaling.AUTO) {
            scaling = source.plugin().wantsScaling() ? Scaling.STANDARD : Scaling.NONE;
        }
        return of(Sources.open(source, setup, notices), setup.withScaling(scaling));
    }

    /** Splits and scales {@code series} as {@code setup} says. */
    public static Dataset of(Series series, DataSetup setup) {
        Span[] spans = setup.split().spans(Math.max(0, series.steps()), Math.max(1, series.episode()));
        Normalization normalization = setup.scaling() == Scaling.STANDARD
                ? Normalization.standard(series, spans[0].to() + series.ahead())
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

    /** This data set with the training part of each series cut into so many contiguous streams. */
    public Dataset withStreams(int count) {
        return new Dataset(series, normalization, count, training, validation, test);
    }

    /** Into how many streams it suits to cut the training part: a long text into some dozens, so that they are learnt from at once. */
    public int suitableStreams() {
        boolean text = hasClasses() && series.episode() == 0;
        return text ? Math.max(1, Math.min(MOST_STREAMS / rows(), training.steps() / STREAM)) : 1;
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
        return series.targets().stream().map(series::classCount).toList();
    }

    /** Number of series, which are rows in evaluation. */
    public int rows() {
        return series.count();
    }

    /** Number of steps of each row in all three parts. */
    public int steps() {
        return series.steps();
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

    /** Whether targets are classes, so that no error can be measured in their units. */
    public boolean hasClasses() {
        return classes().stream().anyMatch(count -> count > 0);
    }

    /** Which places of {@code span}, counted step by step and within a step row by row, are scored. */
    public int[] scored(Span span) {
        int[] all = all(span.steps() * rows());
        return series.scored().length == 0
                ? all
                : Arrays.stream(all)
                        .filter(place -> series.counts(place % rows(), span.from() + place / rows()))
                        .toArray();
    }

    /** 0, 1, … count − 1. */
    static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** How well {@code output}, the model's scaled output at every step of {@code span}, meets the truth, in the data's own units. */
    public Accuracy accuracy(float[] output, Span span) {
        int[] places = scored(span);
        return hasClasses()
                ? Accuracy.ofClasses((long) places.length * targetWidth())
                : Accuracy.of(truth(span), inUnits(output), places, targetWidth());
    }

    /**
     * What {@code output}, the model's scaled output at every step of {@code span}, says about one target of one series, at the steps
     * that count; the targets are numbers.
     */
    public Forecast forecast(float[] output, Span span, int row, int target) {
        float[] predicted = inUnits(output);
        return forecast(span, row, target, series.targets().get(target), (places, happened) -> {
            float[] predictions = new float[places.length];
            for (int i = 0; i < places.length; i++) {
                predictions[i] = predicted[places[i] * targetWidth() + target];
            }
            return predictions;
        });
    }

    /** Likewise, for any targets: of classes it is the probability that was given to the one that came, beside 1. */
    public Forecast forecast(Objective objective, float[] output, Span span, int row, int target) {
        if (!hasClasses()) {
            return forecast(output, span, row, target);
        }
        String column = "probability given to the " + series.targets().get(target) + " that came";
        return forecast(span, row, target, column, (places, happened) -> {
            Arrays.fill(happened, 1);
            return probabilities(objective, output, span, target, places);
        });
    }

    private Forecast forecast(
            Span span, int row, int target, String column, BiFunction<int[], float[], float[]> predictions) {
        int[] places = Arrays.stream(scored(span))
                .filter(place -> place % rows() == row)
                .toArray();
        float[] truth = truth(span);
        float[] happened = new float[places.length];
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            happened[i] = truth[places[i] * targetWidth() + target];
            labels.add(series.label(span.from() + places[i] / rows() + series.ahead()));
        }
        float[] predicted = predictions.apply(places, happened);
        return new Forecast(column, labels, happened, predicted);
    }

    private float[] probabilities(Objective objective, float[] output, Span span, int target, int[] places) {
        Shape shape = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, objective.outputs());
        Expr outputs = Expr.node(Op.INPUT, shape, Map.of("name", "output"));
        Expr wanted = objective.targetLeaf();
        Objective.Part part = objective.parts().get(target);
        Expr came = Fn.oneHot(Fn.slice(wanted, target, target + 1), part.classes());
        double[] values = new Measure(span.steps() * rows(), places)
                .bind(outputs, output)
                .bind(wanted, truth(span))
                .values(Fn.sum(objective.prediction(part, outputs).times(came), Axis.FEATURES));
        float[] probabilities = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            probabilities[i] = (float) values[i];
        }
        return probabilities;
    }

    /**
     * The training part in chunks of {@code length} steps.
     *
     * @param warmup how many steps at the beginning of each stream are left out of the loss
     */
    public Chunks chunks(int length, int warmup) {
        return new Chunks(this, length, warmup);
    }

    /** A digest of all values and time stamps, and of what they mean, hexadecimal; the same data give the same. */
    public String digest() {
        double[] times = series.times();
        ByteBuffer bytes = ByteBuffer.allocate(8 * times.length + 4 * (inputs.length + truth.length));
        for (double time : times) {
            bytes.putDouble(time);
        }
        bytes.asFloatBuffer().put(columns(series, series.inputs(), 0, steps())).put(truth);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.array());
            digest.update(kind().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** What besides the values makes the data what they are. */
    private String kind() {
        StringBuilder kind = new StringBuilder();
        kind.append(series.inputs()).append(series.targets());
        new TreeMap<>(series.classes())
                .forEach((column, names) -> kind.append(column).append(names));
        if (series.ahead() != 1 || series.episode() != 0 || series.scored().length != 0) {
            kind.append(series.ahead()).append('/').append(series.episode()).append('/');
            kind.append(Arrays.deepHashCode(series.scored()));
        }
        return kind.toString();
    }

    /** Value {@code t} of a target column in the data's own units; t may be the one after the last step. */
    double value(int row, int target, int t) {
        return series.values()[row][t][targetColumns[target]];
    }

    /** What is to be predicted at step {@code t}. */
    double wanted(int row, int target, int t) {
        return value(row, target, t + series.ahead());
    }

    /** Value {@code t} of an input column in the data's own units. */
    double input(int row, int input, int t) {
        return series.values()[row][t][inputColumns[input]];
    }

    /**
     * The mean absolute difference between values {@code lag} steps apart in the training part, of some targets. In an episode and
     * where not all steps count, only differences between steps that count count.
     */
    double[] naiveErrors(int first, int targets, int lag) {
        double[] errors = new double[targets];
        long count = 0;
        int ahead = series.ahead();
        int episode = Math.max(1, series.episode());
        for (int t = training.from() - ahead + lag; t < training.to(); t++) {
            boolean torn = series.episode() > 0 && t / episode != (t - lag) / episode;
            for (int row = 0; row < rows() && !torn; row++) {
                // The first values of a series are read before any is predicted.
                if (series.counts(row, t) && (t < lag || series.counts(row, t - lag))) {
                    for (int i = 0; i < targets; i++) {
                        errors[i] += Math.abs(wanted(row, first + i, t) - wanted(row, first + i, t - lag));
                    }
                    count++;
                }
            }
        }
        for (int i = 0; i < targets; i++) {
            errors[i] /= count;
        }
        return errors;
    }

    /** The mean of each target over what is scored in the training part. */
    double[] means() {
        double[] means = new double[targetWidth()];
        int[] places = scored(training);
        for (int place : places) {
            for (int target = 0; target < means.length; target++) {
                means[target] += wanted(place % rows(), target, training.from() + place / rows()) / places.length;
            }
        }
        return means;
    }

    /** The mean of each input over the training part. */
    double[] inputMeans() {
        double[] means = new double[width()];
        for (int t = training.from(); t < training.to(); t++) {
            for (int row = 0; row < rows(); row++) {
                for (int input = 0; input < means.length; input++) {
                    means[input] += input(row, input, t) / ((double) training.steps() * rows());
                }
            }
        }
        return means;
    }

    /** The deviation of each input from its mean over the training part, 1 where it is constant. */
    double[] inputDeviations(double[] means) {
        double[] deviations = new double[width()];
        for (int input = 0; input < deviations.length; input++) {
            double squares = 0;
            for (int t = training.from(); t < training.to(); t++) {
                for (int row = 0; row < rows(); row++) {
                    double difference = input(row, input, t) - means[input];
                    squares += difference * difference;
                }
            }
            deviations[input] = squares > 0 ? Math.sqrt(squares / ((double) training.steps() * rows())) : 1;
        }
        return deviations;
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
