package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Role;
import dev.rondo.core.spec.Configured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the equations of one layer, and of those it wraps, have declared so far. */
final class Book {
    private final Gates gates;
    private final Function<String, Configured<Activation>> activations;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Buffer> buffers = new LinkedHashMap<>();
    private final Map<String, StateSlot> slots = new LinkedHashMap<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    /** For matrices that equations declare themselves: how these tell that a value comes from states. */
    private final Map<Expr, Predicate<Expr>> ofStates = new IdentityHashMap<>();

    Book(Gates gates, Function<String, Configured<Activation>> activations) {
        this.gates = gates;
        this.activations = activations;
    }

    /** A book for equations that are run only to learn what they declare. */
    Book scratch() {
        return new Book(gates, activations);
    }

    Gates gates() {
        return gates;
    }

    Configured<Activation> activation(String spec) {
        return activations.apply(spec);
    }

    Expr parameter(String name, Shape shape, Init init, Role role) {
        Expr leaf = leaf("parameter", name, shape);
        parameters.put(name, new Parameter(name, leaf, init, role, null));
        return leaf;
    }

    /**
     * A matrix whose role shows only by what it multiplies.
     *
     * @param recurrent whether a value depends on a state of the step that declares it
     */
    Expr matrix(String name, Shape shape, Init init, Predicate<Expr> recurrent) {
        Expr leaf = parameter(name, shape, init, Role.INPUT);
        ofStates.put(leaf, recurrent);
        return leaf;
    }

    /** A buffer; until {@link #update} it stays as it is. */
    Expr buffer(String name, Shape shape, Init init) {
        Expr leaf = leaf("buffer", name, shape);
        buffers.put(name, new Buffer(name, leaf, init, leaf));
        return leaf;
    }

    private Expr leaf(String kind, String name, Shape shape) {
        if (parameters.containsKey(name) || buffers.containsKey(name)) {
            throw new ExpressionException(kind, "'" + name + "' is there already");
        }
        long length = 1;
        for (Axis axis : shape.axes()) {
            length *= shape.size(axis); // two sizes of at most a million each do not overflow
        }
        if (length > Integer.MAX_VALUE) {
            throw new ExpressionException(
                    kind,
                    String.format(
                            Locale.ROOT,
                            "'%s' would have %,d values, an array holds %,d at most",
                            name,
                            length,
                            Integer.MAX_VALUE));
        }
        return Expr.node(Op.PARAMETER, shape, Map.of("name", name));
    }

    void update(Expr leaf, Expr value) {
        String name = leaf.op() == Op.PARAMETER ? leaf.attribute("name", String.class) : "";
        Buffer buffer = buffers.get(name);
        if (buffer == null || buffer.leaf() != leaf) {
            throw new ExpressionException("update", leaf + " is no buffer of this layer");
        }
        if (buffer.update() != leaf) {
            throw new ExpressionException("update", "'" + name + "' is set twice");
        }
        if (!value.shape().equals(leaf.shape())) {
            throw new ExpressionException("update", "value " + value.shape() + ", buffer " + leaf.shape());
        }
        if (Graphs.dependsOnState(value)) {
            throw new ExpressionException(
                    "update", "the value of " + name + " depends on a state, so it differs from step to step");
        }
        buffers.put(name, new Buffer(name, leaf, buffer.init(), value));
    }

    void constrain(Expr leaf, Expr value) {
        String name = leaf.op() == Op.PARAMETER ? leaf.attribute("name", String.class) : "";
        Parameter parameter = parameters.get(name);
        if (parameter == null || parameter.leaf() != leaf) {
            throw new ExpressionException("constrain", leaf + " is no parameter of this layer");
        }
        if (!value.shape().equals(leaf.shape())) {
            throw new ExpressionException("constrain", "value " + value.shape() + ", parameter " + leaf.shape());
        }
        for (Expr node : Graphs.ordered(List.of(value))) {
            if (node.op() == Op.PARAMETER && node != leaf) {
                throw new ExpressionException("constrain", "the value of " + name + " reads another parameter");
            }
        }
        parameters.put(name, new Parameter(name, leaf, parameter.init(), parameter.role(), value));
    }

    StateSlot slot(String name, int steps, int width) {
        StateSlot slot = new StateSlot(name, steps, width);
        if (slots.putIfAbsent(name, slot) != null) {
            throw new ExpressionException("state", "'" + name + "' is there already");
        }
        return slot;
    }

    /** 1 for the first thing called {@code name}, 2 for the second. */
    int ordinal(String name) {
        return ordinals.merge(name, 1, Integer::sum);
    }

    List<Buffer> buffers() {
        for (Buffer each : buffers.values()) {
            if (each.update() == each.leaf()) {
                throw new ExpressionException("buffer", "'" + each.name() + "' is never given a new value (update)");
            }
        }
        return List.copyOf(buffers.values());
    }

    List<StateSlot> slots() {
        return List.copyOf(slots.values());
    }

    /**
     * All parameters, with roles by what {@code output} does with them: those that rows are looked up in are embeddings, those of
     * {@link #matrix} that multiply nothing but states are recurrent.
     */
    List<Parameter> parameters(@Nullable Expr output) {
        List<Parameter> all = new ArrayList<>(parameters.values());
        if (output == null) {
            return all;
        }
        Map<Expr, Boolean> recurrent = new IdentityHashMap<>();
        for (Expr node : Graphs.reachable(output)) {
            if (node.op() == Op.GATHER) {
                all.replaceAll(each -> each.leaf() == node.input(0) ? each.as(Role.EMBEDDING) : each);
            }
            // A product without rows of a batch makes a weight, as of two low ranks, and says nothing of what that
            // multiplies.
            if (node.op() == Op.MATMUL && node.input(0).shape().has(Axis.BATCH)) {
                for (Expr leaf : Graphs.ordered(List.of(node.input(1)))) {
                    Predicate<Expr> ofState = ofStates.get(leaf);
                    if (ofState != null) {
                        recurrent.merge(leaf, ofState.test(node.input(0)), Boolean::logicalAnd);
                    }
                }
            }
        }
        all.replaceAll(each -> each.role() == Role.INPUT && recurrent.getOrDefault(each.leaf(), false)
                ? each.as(Role.RECURRENT)
                : each);
        return all;
    }
}
