package dev.rondo.core.train;

import dev.rondo.api.spi.DataException;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.files.Json;
import dev.rondo.core.files.Tensor;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.Stored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** How far a run has come: all that changes while it trains, and its form as a checkpoint. */
final class Progress {
    private static final String PARAMETERS = "parameters/";
    private static final String BEST = "best/";
    private static final String UPDATER = "optimizer/";
    private static final String METHOD = "method/";
    private static final String STREAMS = "streams/";
    private static final String SCHEDULE = "schedule.";

    /** Parameters, buffers of the model, and what penalties keep. */
    final float[][] parameters;

    float[][] best;
    /** Completed epochs. */
    int epoch;
    /** Completed chunks of the epoch that is going on. */
    int chunk;

    long updates;
    ModelState streams;
    double lossSum;
    long scored;
    double gradientNorm;
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch;
    double seconds;
    final List<EpochFigures> history = new ArrayList<>();

    Progress(float[][] initial, ModelState start) {
        parameters = copy(initial);
        best = copy(initial);
        streams = start;
    }

    static float[][] copy(float[][] arrays) {
        float[][] copies = new float[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            copies[i] = arrays[i].clone();
        }
        return copies;
    }

    /** Whether the parameters are good for anything. */
    boolean finite() {
        for (float[] each : parameters) {
            for (float value : each) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** @param arrays that are saved, in the order of {@link #parameters} */
    Checkpoint checkpoint(
            List<Stored> arrays,
            Updater updater,
            Procedure procedure,
            @Nullable ScheduleProgram schedule,
            Map<String, String> identity,
            String fingerprint) {
        SortedMap<String, String> facts = new TreeMap<>();
        identity.forEach((key, value) -> facts.put("run." + key, value));
        facts.put("fingerprint", fingerprint);
        facts.put("epoch", Integer.toString(epoch));
        facts.put("chunk", Integer.toString(chunk));
        facts.put("updates", Long.toString(updates));
        facts.put("lossSum", Double.toString(lossSum));
        facts.put("scored", Long.toString(scored));
        facts.put("gradientNorm", Double.toString(gradientNorm));
        facts.put("bestLoss", Double.toString(bestLoss));
        facts.put("bestEpoch", Integer.toString(bestEpoch));
        facts.put("seconds", Double.toString(seconds));
        if (schedule != null) {
            schedule.state().forEach((name, value) -> facts.put(SCHEDULE + name, Double.toString(value)));
        }
        facts.put("rows", Integer.toString(streams.batch()));
        for (EpochFigures figures : history) {
            facts.put("history.%08d".formatted(figures.epoch()), Json.line(figures.asMap()));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        put(tensors, PARAMETERS, arrays, parameters);
        put(tensors, BEST, arrays, best);
        updater.memory().forEach((name, tensor) -> tensors.put(UPDATER + name, tensor));
        procedure.memory().forEach((name, tensor) -> tensors.put(METHOD + name, tensor));
        for (int i = 0; i < streams.slots().size(); i++) {
            StateSlot slot = streams.slots().get(i);
            tensors.put(
                    STREAMS + slot.name(), Tensor.of(streams.values(i), slot.steps(), streams.batch(), slot.width()));
        }
        tensors.put(STREAMS + "seen", Tensor.of(streams.seen(), streams.batch()));
        tensors.put(STREAMS + "origins", Tensor.of(streams.origins(), streams.batch()));
        return new Checkpoint(facts, tensors);
    }

    private static void put(Map<String, Tensor> tensors, String prefix, List<Stored> arrays, float[][] values) {
        for (int i = 0; i < values.length; i++) {
            tensors.put(
                    prefix + arrays.get(i).name(),
                    Tensor.of(values[i], arrays.get(i).sizes()));
        }
    }

    /** Where {@code checkpoint} was; {@code updater}, {@code procedure} and {@code schedule} are set back to it as well. */
    static Progress of(
            Checkpoint checkpoint,
            List<Stored> arrays,
            List<StateSlot> slots,
            Updater updater,
            Procedure procedure,
            @Nullable ScheduleProgram schedule,
            Map<String, String> identity) {
        identity.forEach((key, value) -> {
            String before = checkpoint.facts().get("run." + key);
            if (before == null) {
                throw new DataException(
                        "the checkpoint was written by an older version of Rondo, which did not record its " + key
                                + ": finish the run with that version, or begin it anew in another folder");
            }
            if (!before.equals(value)) {
                throw new DataException(
                        "the checkpoint is from another run: its " + key + " is '" + before + "', not '" + value + "'");
            }
        });
        int rows = (int) checkpoint.whole("rows");
        Progress progress = new Progress(take(checkpoint, PARAMETERS, arrays), streams(checkpoint, slots, rows));
        progress.best = take(checkpoint, BEST, arrays);
        progress.epoch = (int) checkpoint.whole("epoch");
        progress.chunk = (int) checkpoint.whole("chunk");
        progress.updates = checkpoint.whole("updates");
        progress.lossSum = checkpoint.real("lossSum");
        progress.scored = checkpoint.whole("scored");
        progress.gradientNorm = checkpoint.real("gradientNorm");
        progress.bestLoss = checkpoint.real("bestLoss");
        progress.bestEpoch = (int) checkpoint.whole("bestEpoch");
        progress.seconds = checkpoint.real("seconds");
        for (int e = 1; e <= progress.epoch; e++) {
            String line = checkpoint.text("history.%08d".formatted(e));
            try {
                progress.history.add(EpochFigures.of(Json.object(line)));
            } catch (JacksonException damaged) {
                throw new DataException("the checkpoint's figures of epoch " + e + " are damaged: " + line, damaged);
            }
        }
        updater.restore(checkpoint.under(UPDATER));
        procedure.restore(checkpoint.under(METHOD));
        if (schedule != null) {
            Map<String, Double> kept = new LinkedHashMap<>();
            schedule.state().keySet().forEach(name -> kept.put(name, checkpoint.real(SCHEDULE + name)));
            schedule.restore(kept);
        }
        return progress;
    }

    private static float[][] take(Checkpoint checkpoint, String prefix, List<Stored> arrays) {
        float[][] values = new float[arrays.size()][];
        for (int i = 0; i < values.length; i++) {
            Stored array = arrays.get(i);
            values[i] = checkpoint.floats(prefix + array.name(), array.length());
        }
        return values;
    }

    private static ModelState streams(Checkpoint checkpoint, List<StateSlot> slots, int rows) {
        float[][] values = new float[slots.size()][];
        for (int i = 0; i < values.length; i++) {
            StateSlot slot = slots.get(i);
            values[i] = checkpoint.floats(STREAMS + slot.name(), slot.length() * rows);
        }
        return ModelState.of(
                slots,
                rows,
                values,
                checkpoint.tensor(STREAMS + "seen").longs(),
                checkpoint.tensor(STREAMS + "origins").doubles());
    }
}
