package dev.rondo.core.train;

import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Moment;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.Chunks;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.method.ChunkProgram;
import dev.rondo.core.method.Moments;
import dev.rondo.core.method.StepProgram;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.random.CounterRandom;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.train.TrainingResult.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model chunk by chunk: each takes the state that the one before it left. Choices are made on the validation part.
 *
 * <p>Parameters change by truncated back-propagation, once for each chunk, unless a {@linkplain #method method} says otherwise.
 */
public final class Trainer {
    private final TracedModel model;
    private final Engine engine;
    private final Objective objective;
    private final Updater updater;
    private final Dataset data;
    private final Chunks chunks;
    private final TrainingPlan plan;
    private final Evaluation evaluation;
    /** Parameters, buffers of the model, and what penalties keep. */
    private final List<Stored> arrays;

    private final float[][] kept;
    private final Descent descent;

    private Procedure procedure;
    private @Nullable ScheduleProgram schedule;
    private TrainingListener listener = TrainingListener.SILENT;
    private BooleanSupplier stop = () -> false;
    private @Nullable Path checkpointFile;
    private Map<String, String> identity = Map.of();
    private int lastEpoch = Integer.MAX_VALUE;

    /** A trainer for one run of {@code model} on {@code data}. */
    public Trainer(
            TracedModel model, Engine engine, Configured<Loss> loss, Updater updater, Dataset data, TrainingPlan plan) {
        this(model, engine, new Objective(loss, data.classes()), new float[0][], updater, data, plan);
    }

    /**
     * A trainer for one run with penalties.
     *
     * @param kept first values of the objective's buffers
     */
    public Trainer(
            TracedModel model,
            Engine engine,
            Objective objective,
            float[][] kept,
            Updater updater,
            Dataset data,
            TrainingPlan plan) {
        this.model = model;
        this.kept = kept;
        this.engine = engine;
        this.objective = objective;
        this.updater = updater;
        this.data = data;
        this.plan = plan;
        chunks = data.chunks(plan.length(), plan.warmup());
        evaluation = new Evaluation(model, engine.evaluator(model), objective, data, plan.length());
        arrays = new ArrayList<>(model.stored());
        arrays.addAll(objective.buffers());
        descent = new Descent(model, arrays, updater, data, plan);
        procedure = new BackPropagation(engine.differentiator(model, objective), chunks, descent);
    }

    /** Lets the learning rate follow {@code newSchedule}, the program of the plan's; without one it stays as it is. */
    public Trainer schedule(ScheduleProgram newSchedule) {
        schedule = newSchedule;
        descent.schedule(newSchedule);
        return this;
    }

    /**
     * Lets {@code method} take the place of back-propagation, or help it on.
     *
     * @throws dev.rondo.api.spi.UsageException if the model cannot be trained so
     */
    public Trainer method(Configured<TrainingMethod> method, Kernels kernels) {
        procedure = Moments.of(method) instanceof Moment.WhenStuck stuck
                ? new Trials(
                        procedure,
                        ChunkProgram.create(kernels, engine, method, model, objective),
                        stuck,
                        arrays,
                        chunks,
                        plan.seed(),
                        sentence -> listener.notice(sentence))
                : new SingleSteps(
                        StepProgram.create(kernels, method, model, objective, chunks.rows()), chunks, descent);
        return this;
    }

    /** Tells {@code newListener} how training goes on. */
    public Trainer listener(TrainingListener newListener) {
        listener = newListener;
        return this;
    }

    /** Ends training after the chunk in which {@code condition} begins to hold; another thread may change it. */
    public Trainer stopWhen(BooleanSupplier condition) {
        stop = condition;
        return this;
    }

    /**
     * Writes checkpoints.
     *
     * @param newIdentity what a run that goes on from the checkpoint must agree in, such as spec and data digest
     */
    public Trainer checkpoints(Path file, Map<String, String> newIdentity) {
        checkpointFile = file;
        identity = Map.copyOf(newIdentity);
        return this;
    }

    /** Ends after {@code epochs} even if more are planned, as a refit does after as many as were best; the schedule stays that of the plan. */
    public Trainer endAfter(int epochs) {
        lastEpoch = epochs;
        return this;
    }

    /** How the trained parameters are measured. */
    public Evaluation evaluation() {
        return evaluation;
    }

    /** Trains from {@code initial} parameters. */
    public TrainingResult run(float[][] initial) {
        float[][] all = Arrays.copyOf(initial, arrays.size());
        System.arraycopy(kept, 0, all, initial.length, kept.length);
        return run(new Progress(all, ModelState.zero(model.states(), chunks.rows())));
    }

    /** Goes on where {@code checkpoint} was; the result is that of an uninterrupted run, to the bit. */
    public TrainingResult resume(Checkpoint checkpoint) {
        String now = Fingerprint.of(engine);
        String then = checkpoint.text("fingerprint");
        if (!now.equals(then)) {
            listener.notice("the checkpoint was written by " + then + "; this is " + now
                    + ", so the result may differ by rounding from that of an uninterrupted run");
        }
        Progress progress = Progress.of(checkpoint, arrays, model.states(), updater, procedure, schedule, identity);
        listener.resumed(List.copyOf(progress.history));
        return run(progress);
    }

    private TrainingResult run(Progress progress) {
        long began = System.nanoTime();
        double before = progress.seconds;
        long lastCheckpoint = began;
        Ending ending = ending(progress, true);
        while (ending == null) {
            progress.seconds = before + (System.nanoTime() - began) / 1e9;
            step(progress);
            progress.seconds = before + (System.nanoTime() - began) / 1e9;
            boolean epochDone = progress.chunk == 0;
            ending = ending(progress, epochDone);
            if (checkpointFile != null
                    && (ending != null
                            || System.nanoTime() - lastCheckpoint
                                    >= plan.checkpointEvery().toNanos())) {
                save(progress, checkpointFile);
                lastCheckpoint = System.nanoTime();
            }
        }
        float[][] chosen = progress.bestEpoch > 0 ? progress.best : progress.parameters;
        return new TrainingResult(
                Progress.copy(Arrays.copyOf(chosen, chosen.length - kept.length)),
                progress.epoch,
                progress.bestEpoch,
                progress.history,
                ending,
                progress.seconds);
    }

    /** One chunk, and what follows an epoch's last. */
    private void step(Progress progress) {
        int offset = offset(progress.epoch);
        int count = chunks.count(offset);
        Chunk chunk = chunks.get(progress.chunk, offset);
        if (chunk.fresh() || !model.causal()) {
            progress.streams = ModelState.zero(model.states(), chunks.rows());
        }
        Engine.Pass pass = procedure.train(progress, chunk, count, draws(progress));
        progress.streams = pass.state();
        progress.chunk++;
        listener.chunk(progress.epoch + 1, progress.chunk, count, chunk, pass.output(), pass.loss());
        if (progress.chunk == count) {
            finishEpoch(progress);
        }
    }

    /** What draws depend on; steps that are counted anew, in an episode or without a state, must not draw the same. */
    private RandomKey draws(Progress progress) {
        boolean counted = model.causal() && data.series().episode() == 0;
        long seed = counted ? plan.seed() : CounterRandom.key(plan.seed(), progress.chunk);
        return new RandomKey(seed, progress.epoch, progress.chunk);
    }

    private void finishEpoch(Progress progress) {
        double trainLoss = progress.scored == 0 ? Double.NaN : progress.lossSum / progress.scored;
        double validationLoss = descent.validates() ? validate(progress) : Double.NaN;
        if (descent.validates() && !Double.isFinite(validationLoss)) {
            throw descent.diverged(progress, "the validation loss", validationLoss);
        }
        progress.epoch++;
        progress.chunk = 0;
        // Without a validation part there is nothing to choose by, and the last epoch counts.
        boolean better = !descent.validates() || validationLoss < progress.bestLoss;
        if (better) {
            progress.bestLoss = descent.validates() ? validationLoss : trainLoss;
            progress.bestEpoch = progress.epoch;
            progress.best = Progress.copy(progress.parameters);
        }
        EpochFigures figures = new EpochFigures(
                progress.epoch,
                trainLoss,
                validationLoss,
                descent.next(progress, progress.epoch, procedure.updates()).rate(),
                progress.gradientNorm,
                better,
                progress.seconds);
        progress.history.add(figures);
        progress.lossSum = 0;
        progress.scored = 0;
        progress.gradientNorm = 0;
        listener.epoch(figures);
        procedure.checked(progress, descent.validates() ? validationLoss : trainLoss);
    }

    private double validate(Progress progress) {
        // The last stream of each series ends where the validation part begins.
        ModelState state = progress.streams.rows(chunks.lastRows());
        return evaluation.part(progress.parameters, data.validation(), state).loss();
    }

    private @Nullable Ending ending(Progress progress, boolean betweenEpochs) {
        if (progress.epoch >= Math.min(plan.epochs(), lastEpoch)) {
            return Ending.COMPLETED;
        }
        if (betweenEpochs && progress.epoch > 0) {
            EpochFigures last = progress.history.get(progress.epoch - 1);
            double loss = descent.validates() ? last.validationLoss() : last.trainLoss();
            if (plan.stopAt() > 0 && loss <= plan.stopAt()) {
                return Ending.GOAL;
            }
            if (plan.patience() > 0 && progress.epoch - progress.bestEpoch >= plan.patience()) {
                return Ending.PATIENCE;
            }
        }
        if (stop.getAsBoolean()) {
            return Ending.STOPPED;
        }
        boolean late =
                !plan.limit().isZero() && progress.seconds >= plan.limit().toNanos() / 1e9;
        return late ? Ending.LIMIT : null;
    }

    /** Where the epoch's chunks begin; a function of seed and epoch, so that a resumed run finds it again. */
    private int offset(int epoch) {
        return plan.randomOffset()
                ? chunks.offset(CounterRandom.uniformDouble(CounterRandom.key(plan.seed(), "offset"), epoch))
                : 0;
    }

    private void save(Progress progress, Path file) {
        // Parameters that an update has blown up would replace the last ones that are good for something.
        if (progress.finite()) {
            progress.checkpoint(arrays, updater, procedure, schedule, identity, Fingerprint.of(engine))
                    .write(file);
        }
    }
}
