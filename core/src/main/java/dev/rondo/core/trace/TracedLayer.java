package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.core.spec.Configured;
import java.util.List;
import java.util.Locale;

/**
 * The equations of one layer of a model.
 *
 * @param position 1 for the first layer
 * @param configured plugin, size and options
 * @param gates what takes the place of the sigmoid and the tanh in it
 * @param added whether the model appended it, because the width of the last layer was not the target's
 * @param input the sequence that it reads; the output of the layer before it
 * @param output the sequence that it gives
 */
public record TracedLayer(
        int position,
        Configured<?> configured,
        Gates gates,
        boolean added,
        Expr input,
        Expr output,
        List<Parameter> parameters,
        List<Buffer> buffers,
        List<StateSlot> states) {

    public TracedLayer {
        parameters = List.copyOf(parameters);
        buffers = List.copyOf(buffers);
        states = List.copyOf(states);
    }

    /** As names in the model file begin: {@code 1.LSTM}. */
    public String path() {
        return position + "." + configured.name();
    }

    /** Whether what one step makes comes back in the next; a history of inputs, as a convolution keeps it, does not count. */
    public boolean recurrent() {
        return LoopForm.of(this) != LoopForm.NONE;
    }

    /** Number of trained values. */
    public int parameterCount() {
        return parameters.stream().mapToInt(Parameter::length).sum();
    }

    /** As {@code LSTM(3 → 50), 10,800 params}. */
    @Override
    public String toString() {
        return "%s(%d → %d), %s params"
                .formatted(
                        configured.name(),
                        input.width(),
                        output.width(),
                        String.format(Locale.ROOT, "%,d", parameterCount()));
    }
}
