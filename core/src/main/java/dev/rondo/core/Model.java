package dev.rondo.core;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Normalization.Scale;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.trace.InitPreset;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.train.Trainer;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.core.train.UnitVariance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model with its parameters: maps an input and a state to an output and a new state, all in the data's own units.
 *
 * <p>A column with classes is read as the numbers of its classes, counted from 0. A target with classes has outputs of its own, as
 * the loss wanted them: for cross-entropy one for each class, the greatest for the likeliest.
 *
 * <p>Immutable; any number of threads may predict with it. Arrays are (time, batch, features), floats row-major.
 */
public final class Model {
    private final Rondo rondo;
    private final ModelSpec spec;
    private final TracedModel traced;
    private final float[][] parameters;
    private final Engine.Evaluator evaluator;

    /** Takes the arrays as they are. */
    Model(Rondo rondo, ModelSpec spec, TracedModel traced, float[][] parameters) {
        this(rondo, spec, traced, parameters, rondo.engine().evaluator(traced));
    }

    private Model(Rondo rondo, ModelSpec spec, TracedModel traced, float[][] parameters, Engine.Evaluator evaluator) {
        this.rondo = rondo;
        this.spec = spec;
        this.traced = traced;
        this.parameters = parameters;
        this.evaluator = evaluator;
    }

    /**
     * Output of a model and the state behind the last step.
     *
     * @param output [time, batch, outputs] in the targets' own units, row-major; what lies behind a row's length means nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Prediction(float[] output, ModelState state) {}

    /** Output of a model as an array (time, batch, features), and the state behind the last step. */
    public record ArrayPrediction(INDArray output, ModelState state) {}

    /** A new model whose parameters are drawn from {@code seed}, as its plugins say. */
    public static Model of(Rondo rondo, ModelSpec spec, long seed) {
        return of(rondo, spec, seed, InitPreset.PAPER);
    }

    /** A new model whose parameters are drawn from {@code seed} as {@code init} says. */
    public static Model of(Rondo rondo, ModelSpec spec, long seed, InitPreset init) {
        return new ModelBuilder(rondo).create(spec, seed, init);
    }

    /**
     * Reads a model that {@link #save} wrote.
     *
     * @throws dev.rondo.api.spi.DataException if it is damaged, needs a plugin that is not there, or its equations have changed
     */
    public static Model load(Rondo rondo, Path file) {
        return new ModelBuilder(rondo).load(file, false);
    }

    /** As {@link #load(Rondo, Path)}, but takes the parameters even if a plugin's equations have changed since. */
    public static Model loadByForce(Rondo rondo, Path file) {
        return new ModelBuilder(rondo).load(file, true);
    }

    /** Writes the model; the same model gives the same bytes. */
    public void save(Path file) {
        new ModelBuilder(rondo).file(this).write(file);
    }

    /** This model with first weights scaled by the training part of {@code data}, as {@link UnitVariance} does it. */
    public Model withUnitVariance(Dataset data) {
        return withParameters(
                UnitVariance.of(rondo.engine(), traced, parameters, data).parameters());
    }

    /** This model with other parameters and buffers, in the order of {@link TracedModel#stored()}. */
    public Model withParameters(float[][] values) {
        float[][] copies = new float[values.length][];
        for (int i = 0; i < copies.length; i++) {
            int length = traced.stored().get(i).length();
            if (values[i].length != length) {
                throw new IllegalArgumentException(values[i].length + " values for "
                        + traced.stored().get(i).name() + ", which has " + length);
            }
            copies[i] = values[i].clone();
        }
        return new Model(rondo, spec, traced, copies, evaluator);
    }

    /**
     * This model trained on {@code data}, with the parameters of the epoch that did best on the validation part.
     *
     * <p>Make the model of a {@linkplain ModelSpec#of(String, Dataset) spec for these data}, so that it scales as they do. A
     * {@link Trainer} can also write checkpoints, tell how it goes on and be stopped.
     *
     * <p>The loss is the one that suits the targets; {@link #train(Dataset, String, String, TrainingPlan)} takes another.
     *
     * @param optimizer spec, as in {@code "Adam_lr=0.005"}
     */
    public Model train(Dataset data, String optimizer, TrainingPlan plan) {
        return train(data, "", optimizer, plan);
    }

    /**
     * As {@link #train(Dataset, String, TrainingPlan)}, with a loss of one's own.
     *
     * @param loss spec, as in {@code "Huber_delta=0.5"}; empty for the one that suits the targets
     * @throws UsageException if the loss needs other outputs than the model has
     */
    public Model train(Dataset data, String loss, String optimizer, TrainingPlan plan) {
        Objective objective = rondo.objective(loss, data.classes());
        if (!objective.widths().equals(spec.outputs())) {
            throw new UsageException(objective.loss().name() + " needs "
                    + objective.widths() + " outputs for " + names(spec.targets()) + ", the model has " + spec.outputs()
                    + ": make it of a spec with the outputs that the loss needs");
        }
        if (!spec.normalization().equals(data.normalization())
                || !spec.inputs().equals(data.series().inputs())
                || !spec.targets().equals(data.series().targets())) {
            throw new UsageException(
                    "the model reads other columns, or scales them otherwise, than these data: make it of ModelSpec.of(layers, data)");
        }
        Trainer trainer = rondo.trainer(traced, objective.loss(), rondo.optimizer(optimizer), data, plan);
        return withParameters(trainer.run(parameters()).parameters());
    }

    public ModelSpec spec() {
        return spec;
    }

    /** The equations. */
    public TracedModel traced() {
        return traced;
    }

    /** A copy of the parameters and buffers, in the order of {@link TracedModel#stored()}. */
    public float[][] parameters() {
        return Arrays.stream(parameters).map(float[]::clone).toArray(float[][]::new);
    }

    /** The state in which {@code batch} streams begin. */
    public ModelState start(int batch) {
        return ModelState.zero(traced.states(), batch);
    }

    /** Output for whole sequences (time, batch, features). */
    public INDArray predict(INDArray input) {
        return predict(input, start(Arrays3.batch(input))).output();
    }

    /** Output for the next piece of streams whose earlier pieces left {@code state}. */
    public ArrayPrediction predict(INDArray input, ModelState state) {
        Prediction prediction = predict(Arrays3.sequences(input), state);
        return new ArrayPrediction(
                Arrays3.array(prediction.output(), Arrays3.steps(input), Arrays3.batch(input), spec.width()),
                prediction.state());
    }

    /**
     * Output [time, batch, features] for whole sequences.
     *
     * @param values [time, batch, features]
     */
    public float[] predict(float[] values, int steps, int batch) {
        return predict(Sequences.of(steps, batch, spec.inputs().size(), values)).output();
    }

    /** Output for whole sequences. */
    public Prediction predict(Sequences input) {
        return run(input, start(input.batch()));
    }

    /**
     * Output for the next piece of streams whose earlier pieces left {@code state}.
     *
     * @throws UsageException if the state has another number of rows, or the model looks ahead
     */
    public Prediction predict(Sequences input, ModelState state) {
        boolean begun = Arrays.stream(state.seen()).anyMatch(seen -> seen > 0);
        if (begun) {
            requireCausal("a state from earlier input means nothing to it");
        }
        return run(input, state);
    }

    /** A session: this model with a state of its own. */
    public Session session() {
        requireCausal("it cannot go through a stream piece by piece");
        return new Session(this);
    }

    /** One step at a time for one stream. */
    public Stepper stepper() {
        requireCausal("it cannot go through a stream step by step");
        return new Stepper(this, rondo.engine().stream(traced, parameters));
    }

    /**
     * Predicts {@code steps} more values behind the end of {@code history}, feeding each output back as the next input.
     *
     * @return [step, batch, target]; of classes the number of the likeliest
     * @throws UsageException if the model reads a column that it does not predict, or rows differ in length
     */
    public float[] forecast(Sequences history, int steps) {
        if (steps < 0) {
            throw new UsageException("a forecast of " + steps + " steps; it may have 0 or more");
        }
        return Forecaster.run(this, history, steps);
    }

    private Prediction run(Sequences input, ModelState state) {
        if (input.width() != spec.inputs().size()) {
            throw new UsageException("the model reads " + spec.inputs().size() + " features ("
                    + String.join(", ", spec.inputs()) + "), the input has " + input.width());
        }
        if (state.batch() != input.batch()) {
            throw new UsageException("the state is that of " + state.batch() + " rows, but the input has "
                    + input.batch() + ": reset it, or keep to the batch size");
        }
        float[] scaled = spec.normalization().scale(input.values(), spec.inputs());
        Engine.Result result = evaluator.run(
                parameters,
                new Sequences(input.steps(), input.batch(), input.width(), scaled, input.lengths(), input.stamps()),
                state);
        return new Prediction(inUnits(result.output()), result.state());
    }

    private float[] inUnits(float[] output) {
        Scale[] scales = outputScales();
        float[] values = new float[output.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = scales[i % scales.length].unscaled(output[i]);
        }
        return values;
    }

    /** One for each output; what stands for a class is used as it is. */
    Scale[] outputScales() {
        List<Scale> scales = new ArrayList<>();
        for (int i = 0; i < spec.targets().size(); i++) {
            String target = spec.targets().get(i);
            boolean number = spec.targetClasses().get(i) == 0;
            Scale scale = number ? spec.normalization().scale(target) : new Scale(target, 0, 1);
            scales.addAll(Collections.nCopies(spec.outputs().get(i), scale));
        }
        return scales.toArray(Scale[]::new);
    }

    /**
     * Asks before a long training what {@link #forecast} would ask behind it.
     *
     * @throws UsageException if outputs cannot be fed back as the next input
     */
    public void requireForecast() {
        Forecaster.sources(this);
    }

    void requireCausal(String consequence) {
        if (!traced.causal()) {
            throw new UsageException("the model looks ahead in " + String.join(", ", traced.lookingAhead()) + ", so "
                    + consequence + ": give it whole sequences, or use layers that read the past only");
        }
    }

    @Override
    public String toString() {
        String layers = traced.layers().stream()
                .map(layer -> layer.configured().spec() + (layer.added() ? " (added)" : ""))
                .collect(Collectors.joining(" "));
        return layers + ": " + names(spec.inputs()) + " -> " + names(spec.targets()) + ", "
                + String.format(Locale.ROOT, "%,d", traced.parameterCount()) + " parameters";
    }

    private static String names(List<String> columns) {
        return columns.size() > 4 ? columns.size() + " columns" : String.join(", ", columns);
    }
}
