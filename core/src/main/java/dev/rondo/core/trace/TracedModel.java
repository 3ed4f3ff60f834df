package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The equations of a whole model, from input to output.
 *
 * @param input leaf [time, batch, features]
 * @param output of the last layer
 * @param causal whether each output depends on earlier inputs only, so that the model streams
 */
public record TracedModel(Expr input, Expr output, List<TracedLayer> layers, boolean causal) {
    public TracedModel {
        layers = List.copyOf(layers);
    }

    /** All trained arrays, in the order of the layers. */
    public List<Parameter> parameters() {
        return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    /** All arrays that equations set, in the order of the layers. */
    public List<Buffer> buffers() {
        return layers.stream().flatMap(layer -> layer.buffers().stream()).toList();
    }

    /** All arrays that a saved model has: the parameters, then the buffers. */
    public List<Stored> stored() {
        List<Stored> all = new ArrayList<>(parameters());
        all.addAll(buffers());
        return all;
    }

    /** All carried values, in the order of the layers. */
    public List<StateSlot> states() {
        return layers.stream().flatMap(layer -> layer.states().stream()).toList();
    }

    /** Paths of the layers because of which the model is not {@link #causal}. */
    public List<String> lookingAhead() {
        return layers.stream()
                .filter(TracedModel::looksAhead)
                .map(TracedLayer::path)
                .toList();
    }

    private static boolean looksAhead(TracedLayer layer) {
        Set<Expr> before = new HashSet<>(Graphs.evaluated(layer.input()));
        return Graphs.evaluated(layer.output()).stream()
                .anyMatch(node -> Graphs.looksAhead(node) && !before.contains(node));
    }

    /** Number of trained values. */
    public int parameterCount() {
        return layers.stream().mapToInt(TracedLayer::parameterCount).sum();
    }
}
