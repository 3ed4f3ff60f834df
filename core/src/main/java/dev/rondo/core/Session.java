package dev.rondo.core;

import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model with the state of the streams that it is going through, so that a whole may be fed in pieces; for one thread.
 *
 * <p>Every method may be called before the first input. The number of rows is that of the first input after a {@link #reset()}.
 */
public final class Session {
    private final Model model;
    private @Nullable ModelState state;

    Session(Model model) {
        this.model = model;
    }

    public Model model() {
        return model;
    }

    /** Output for the next piece (time, batch, features). */
    public INDArray predict(INDArray input) {
        Model.ArrayPrediction prediction = model.predict(input, state(Arrays3.batch(input)));
        state = prediction.state();
        return prediction.output();
    }

    /** Output for the next piece. */
    public float[] predict(Sequences input) {
        Model.Prediction prediction = model.predict(input, state(input.batch()));
        state = prediction.state();
        return prediction.output();
    }

    /**
     * Output [time, batch, features] for the next piece.
     *
     * @param values [time, batch, features]
     */
    public float[] predict(float[] values, int steps, int batch) {
        return predict(Sequences.of(steps, batch, model.spec().inputs().size(), values));
    }

    /**
     * Output [batch, features] for one step.
     *
     * @param values [batch, features]
     */
    public float[] step(float... values) {
        return predict(values, 1, values.length / model.spec().inputs().size());
    }

    /** Goes back to the start; the next input may have another number of rows. */
    public void reset() {
        state = null;
    }

    /** Puts the rows where {@code mask} is true back to the start; the others go on. */
    public void reset(boolean... mask) {
        if (state != null) {
            state = state.reset(mask);
        }
    }

    /** Cuts what the state depends on; a session only predicts and keeps none of it, so there is nothing to do. */
    public void detach() {}

    /** The state by name, as in {@code 1.LSTM/h}: (batch, width), for histories (steps, batch, width); empty at the start. */
    public Map<String, INDArray> hidden() {
        ModelState now = state;
        Map<String, INDArray> hidden = new LinkedHashMap<>();
        for (int i = 0; now != null && i < now.slots().size(); i++) {
            long steps = now.slots().get(i).steps();
            long width = now.slots().get(i).width();
            long[] shape = steps == 1 ? new long[] {now.batch(), width} : new long[] {steps, now.batch(), width};
            hidden.put(now.slots().get(i).name(), Arrays3.array(now.values(i), shape));
        }
        return hidden;
    }

    /** The state as a value, to go on from it elsewhere or later; absent at the start. */
    public Optional<ModelState> state() {
        return Optional.ofNullable(state);
    }

    /** Goes on from {@code value}. */
    public void state(ModelState value) {
        state = value;
    }

    private ModelState state(int batch) {
        ModelState now = state;
        return now == null ? model.start(batch) : now;
    }
}
