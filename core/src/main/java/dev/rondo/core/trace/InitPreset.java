package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Role;
import dev.rondo.core.spec.Configured;
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
            int width = parameter.shape().size(weight ? Axis.COLUMNS : Axis.FEATURES);
            int size = layer.recurrent() ? units(layer.configured(), width) : inputs(parameter, layer);
            double bound = 1 / Math.sqrt(size);
            return Init.uniform(-bound, bound);
        }

        /** The size of the cell, wrapped or not, whatever it projects to; {@code width} where there are several or it has none. */
        private static int units(Configured<?> layer, int width) {
            if (layer.size() > 0) {
                return layer.size();
            }
            return layer.wrapped().size() == 1 ? units(layer.wrapped().get(0), width) : width;
        }

        /** How many values meet in a unit: the rows of all matrices of the same sum, of heads those of one. */
        private static int inputs(Parameter parameter, TracedLayer layer) {
            return layer.parameters().stream()
                    .filter(each -> each.shape().has(Axis.ROWS) && sum(each).equals(sum(parameter)))
                    .filter(each ->
                            !each.name().contains(".head") || each.name().endsWith(".head0"))
                    .mapToInt(each -> each.shape().size(Axis.ROWS))
                    .sum();
        }

        /** {@code 2.CausalConv1d/y} of {@code 2.CausalConv1d/y.W2}. */
        private static String sum(Parameter parameter) {
            String name = parameter.name();
            int dot = name.indexOf('.', name.lastIndexOf('/'));
            return dot < 0 ? name : name.substring(0, dot);
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
