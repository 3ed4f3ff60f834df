package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Role;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the equations of layers once and keeps them as a {@link TracedModel}. */
public final class Tracer {
    private final Gates gates;
    private final Function<String, Configured<Activation>> activations;

    /**
     * A tracer for models with these gates.
     *
     * @param activations finds the activation that an option names by its spec
     */
    public Tracer(Gates gates, Function<String, Configured<Activation>> activations) {
        this.gates = gates;
        this.activations = activations;
    }

    /** The equations of {@code layers}, one after the other, on an input of {@code inputs} features. */
    public TracedModel trace(List<Configured<?>> layers, int inputs) {
        return trace(layers, Collections.nCopies(inputs, 0), null, 0);
    }

    /**
     * The equations of {@code layers} with an output of {@code outputs} features.
     *
     * @param inputs for each feature of the input the number of its classes, 0 for numbers
     * @param head appended where the width of the last layer is not {@code outputs}; if absent, that is an error
     */
    public TracedModel trace(
            List<Configured<?>> layers, List<Integer> inputs, @Nullable Configured<?> head, int outputs) {
        Shape shape = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, inputs.size());
        Expr input = Graphs.input(shape, inputs);
        List<TracedLayer> traced = new ArrayList<>();
        Expr x = input;
        for (Configured<?> layer : layers) {
            TracedLayer next = layer(traced.size() + 1, layer, false, x);
            traced.add(next);
            x = next.output();
        }
        if (outputs > 0 && x.width() != outputs) {
            if (head == null) {
                throw new UsageException("the last layer gives " + x.width() + " features, the target has " + outputs
                        + ": end with a layer of size " + outputs + ", or let a Linear be added");
            }
            traced.add(layer(traced.size() + 1, head, true, x));
        }
        if (!traced.isEmpty()) {
            int last = traced.size() - 1;
            traced.set(last, asOutput(traced.get(last)));
            x = traced.get(last).output();
        }
        return new TracedModel(input, x, traced, causal(x));
    }

    private TracedLayer layer(int position, Configured<?> configured, boolean added, Expr x) {
        Book book = new Book(gates, activations);
        String path = position + "." + configured.name();
        TracingScope scope = TracingScope.forLayer(book, path, configured);
        Expr output = scope.run(x);
        return new TracedLayer(
                position,
                configured,
                gates,
                added,
                x,
                output,
                book.parameters(output),
                scope.asked(book::buffers),
                book.slots());
    }

    /** The layer with its input weights marked as the model's output, which some optimisers treat differently. */
    private static TracedLayer asOutput(TracedLayer layer) {
        List<Parameter> parameters = layer.parameters().stream()
                .map(each -> each.role() == Role.INPUT ? each.as(Role.OUTPUT) : each)
                .toList();
        return new TracedLayer(
                layer.position(),
                layer.configured(),
                layer.gates(),
                layer.added(),
                layer.input(),
                layer.output(),
                parameters,
                layer.buffers(),
                layer.states());
    }

    private static boolean causal(Expr output) {
        return Graphs.evaluated(output).stream().noneMatch(Graphs::looksAhead);
    }
}
