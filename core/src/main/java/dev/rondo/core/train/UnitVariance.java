package dev.rondo.core.train;

import dev.rondo.api.spi.Role;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Span;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scales first weights by data, layer by layer, until the outputs of each have a variance of 1 (layer-sequential unit variance,
 * Mishkin and Matas 2016, arXiv 1511.06422).
 *
 * <p>What is scaled are the matrices that meet a layer's input, all by the same factor; orthogonal matrices of states stay orthogonal.
 * A layer whose outputs cannot have that variance, as where a bounded function gives them, stays as it was, and so does the last
 * layer, whose outputs are to be like the targets.
 */
public final class UnitVariance {
    private static final int TRIES = 10; // the paper's T
    private static final double TOLERANCE = 0.01;
    /** Steps of the training part that are looked at. */
    private static final int STEPS = 200;

    /**
     * What became of a layer.
     *
     * @param variance of its outputs over steps, rows and units, in the end
     * @param reached whether that is 1 now
     */
    public record Layer(String path, double variance, boolean reached) {}

    private final Engine engine;
    private final TracedModel model;
    private final Sequences input;
    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final List<Layer> layers = new ArrayList<>();

    private UnitVariance(Engine engine, TracedModel model, float[][] parameters, Sequences input) {
        this.engine = engine;
        this.model = model;
        this.input = input;
        for (int i = 0; i < parameters.length; i++) {
            values.put(model.stored().get(i).name(), parameters[i].clone());
        }
    }

    /**
     * Scales {@code parameters} for the beginning of the training part of {@code data}.
     *
     * @param parameters in the order of {@link TracedModel#stored()}; left as they are
     */
    public static UnitVariance of(Engine engine, TracedModel model, float[][] parameters, Dataset data) {
        int from = data.training().from();
        Span beginning = new Span(from, Math.min(data.training().to(), from + STEPS));
        Engine everywhere = engine.withoutDevice(); // first weights are the same on every machine
        UnitVariance pass = new UnitVariance(everywhere, model, parameters, data.inputs(beginning));
        for (TracedLayer layer : model.layers().subList(0, model.layers().size() - 1)) {
            pass.scale(layer);
        }
        return pass;
    }

    /** The scaled parameters and the buffers, in the order of {@link TracedModel#stored()}. */
    public float[][] parameters() {
        return arrays(model);
    }

    /** All layers with weights but the last. */
    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    private void scale(TracedLayer layer) {
        List<float[]> weights = layer.parameters().stream()
                .filter(each -> each.role() == Role.INPUT && each.constraint() == null)
                .map(Parameter::name)
                .map(values::get)
                .toList();
        if (weights.isEmpty()) {
            return;
        }
        List<float[]> before = weights.stream().map(float[]::clone).toList();
        List<TracedLayer> first = model.layers().subList(0, layer.position());
        TracedModel part = new TracedModel(model.input(), layer.output(), first, model.causal());
        Engine.Evaluator evaluator = engine.evaluator(part);
        double variance = variance(evaluator, part);
        for (int i = 0; i < TRIES && variance > 0 && !near(variance); i++) {
            float factor = (float) (1 / Math.sqrt(variance));
            weights.forEach(each -> multiply(each, factor));
            variance = variance(evaluator, part);
        }
        boolean reached = near(variance);
        if (!reached) {
            for (int i = 0; i < weights.size(); i++) {
                System.arraycopy(before.get(i), 0, weights.get(i), 0, before.get(i).length);
            }
            variance = variance(evaluator, part);
        }
        layers.add(new Layer(layer.path(), variance, reached));
    }

    private static boolean near(double variance) {
        return Math.abs(variance - 1) <= TOLERANCE;
    }

    private static void multiply(float[] weights, float factor) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor;
        }
    }

    private float[][] arrays(TracedModel part) {
        return part.stored().stream().map(each -> values.get(each.name())).toArray(float[][]::new);
    }

    private double variance(Engine.Evaluator evaluator, TracedModel part) {
        float[] outputs = evaluator
                .run(arrays(part), input, ModelState.zero(part.states(), input.batch()))
                .output();
        double sum = 0;
        for (float each : outputs) {
            sum += each;
        }
        double mean = sum / outputs.length;
        double squares = 0;
        for (float each : outputs) {
            squares += (each - mean) * (each - mean);
        }
        return squares / outputs.length;
    }
}
