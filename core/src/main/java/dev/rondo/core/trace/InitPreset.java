package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * How matrices and biases are first filled in all layers of a model. What is neither (periods, time constants, gains, tables of
 * embeddings, diagonal weights) begins as its plugin says.
 */
public enum InitPreset {
    /** As each plugin says; where it says nothing, as {@link #KERAS}. */
    PAPER {
        @Override
        Init of(Parameter parameter, TracedLayer layer) {
            return parameter.init();
        }
    },
    /** Glorot for weights of inputs, orthogonal for those of states; biases as each plugin says: zero, and 1 for forget gates. */
    KERAS {
        @Override
        Init of(Parameter parameter, TracedLayer layer) {
            return switch (parameter.role()) {
                case INPUT, OUTPUT -> Init.GLOROT;
                case RECURRENT -> Init.ORTHOGONAL;
                default -> parameter.init();
            };
        }
    },
    /** Everything uniform in ±1/√units in layers with states, in ±1/√(inputs of a unit) in others, biases too, as in PyTorch. */
    TORCH {
        @Override
        Init of(Parameter parameter, TracedLayer layer) {
            boolean weight = parameter.shape().has(Axis.ROWS) && parameter.role() != Role.EMBEDDING;
            if (!weight && parameter.role() != Role.BIAS) {
                return parameter.init();
            }
            int size = layer.states().isEmpty()
                    ? layer.parameters().stream()
                            .filter(each -> each.shape().has(Axis.ROWS))
                            .mapToInt(each -> each.shape().size(Axis.ROWS))
                            .max()
                            .orElse(1)
                    : parameter.shape().size(weight ? Axis.COLUMNS : Axis.FEATURES);
            double bound = 1 / Math.sqrt(size);
            return Init.uniform(-bound, bound);
        }
    };

    /** What {@code parameter} of {@code layer} is filled by. */
    abstract Init of(Parameter parameter, TracedLayer layer);

    /** The arrays of {@code model} with their first values as this preset says. */
    public List<Stored> of(TracedModel model) {
        List<Stored> all = new ArrayList<>();
        for (TracedLayer layer : model.layers()) {
            for (Parameter each : layer.parameters()) {
                all.add(new Parameter(each.name(), each.leaf(), of(each, layer), each.role(), each.constraint()));
            }
        }
        all.addAll(model.buffers());
        return all;
    }
}
