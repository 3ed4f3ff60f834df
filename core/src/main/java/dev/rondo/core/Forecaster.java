package dev.rondo.core;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.Sequences;
import java.util.List;

/** Goes on behind the end of a history by feeding predictions back. */
final class Forecaster {
    private Forecaster() {}

    /**
     * Where each input of the next step is found among the targets.
     *
     * @throws UsageException if outputs cannot be fed back
     */
    static int[] sources(Model model) {
        List<String> inputs = model.spec().inputs();
        List<String> targets = model.spec().targets();
        int[] source = new int[inputs.size()];
        for (int i = 0; i < source.length; i++) {
            source[i] = targets.indexOf(inputs.get(i));
            if (source[i] < 0) {
                throw new UsageException("the model reads '" + inputs.get(i) + "' but predicts only "
                        + String.join(", ", targets)
                        + ", so its output cannot be fed back as the next input: a model goes"
                        + " on by itself if it predicts all that it reads, as with csv's option target="
                        + String.join(",", inputs));
            }
        }
        model.requireCausal("its output cannot be fed back step by step");
        return source;
    }

    static float[] run(Model model, Sequences history, int steps) {
        int[] source = sources(model);
        List<String> targets = model.spec().targets();
        if (history.steps() < 1) {
            throw new UsageException("a forecast needs at least one known value");
        }
        if (history.lengths() != null) {
            throw new UsageException("a forecast begins behind the last step of every row: give rows of one length");
        }
        int batch = history.batch();
        Model.Prediction last = model.predict(history);
        int row = batch * targets.size();
        float[] output = lastStep(model, last.output(), batch);
        float[] forecast = new float[steps * row];
        for (int step = 0; step < steps; step++) {
            System.arraycopy(output, 0, forecast, step * row, row);
            if (step + 1 < steps) {
                float[] input = new float[batch * source.length];
                for (int i = 0; i < input.length; i++) {
                    input[i] = output[i / source.length * targets.size() + source[i % source.length]];
                }
                Sequences next = new Sequences(1, batch, source.length, input, null, stamps(history, step + 1));
                last = model.predict(next, last.state());
                output = lastStep(model, last.output(), batch);
            }
        }
        return forecast;
    }

    /** What the last step says of each target: a number as it is, of classes the number of the likeliest. */
    private static float[] lastStep(Model model, float[] outputs, int batch) {
        ModelSpec spec = model.spec();
        List<Integer> classes = spec.targetClasses();
        float[] values = new float[batch * classes.size()];
        int at = outputs.length - batch * spec.width();
        for (int i = 0; i < values.length; i++) {
            int target = i % classes.size();
            int width = spec.outputs().get(target);
            values[i] = classes.get(target) == 0 ? outputs[at] : likeliest(outputs, at, width);
            at += width;
        }
        return values;
    }

    /** One output decides between two classes by its sign, several by the greatest. */
    private static int likeliest(float[] outputs, int from, int width) {
        if (width == 1) {
            return outputs[from] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = outputs[from + i] > outputs[from + best] ? i : best;
        }
        return best;
    }

    /** Time goes on with the distance of the last two steps. */
    private static double @org.jspecify.annotations.Nullable [] stamps(Sequences history, int ahead) {
        double[] known = history.stamps();
        if (known == null) {
            return null;
        }
        int batch = history.batch();
        double[] next = new double[batch];
        for (int b = 0; b < batch; b++) {
            double last = known[known.length - batch + b];
            double before = history.steps() > 1 ? known[known.length - 2 * batch + b] : last - 1;
            next[b] = last + ahead * (last - before);
        }
        return next;
    }
}
