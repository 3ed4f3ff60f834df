package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.Role;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Loop;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models that tests build node by node, without any plugin. */
final class Equations {
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<StateSlot> slots = new ArrayList<>();
    private final List<Loop.State> states = new ArrayList<>();

    private record Unnamed() implements Plugin {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Unnamed");
        }
    }

    static Shape sequenceOf(int width) {
        return Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, width);
    }

    static Expr sequence(int width) {
        return Expr.node(Op.INPUT, sequenceOf(width), Map.of("name", "x"));
    }

    static Expr step(int width) {
        return Expr.node(Op.INPUT, sequenceOf(width).minus(Axis.TIME), Map.of("name", "x"));
    }

    Expr parameter(String name, Shape shape) {
        Expr leaf = Expr.node(Op.PARAMETER, shape, Map.of("name", name));
        parameters.add(new Parameter(name, leaf, Init.ZEROS, Role.VECTOR, null));
        return leaf;
    }

    Expr state(String name, int width) {
        return Expr.node(Op.STATE, sequenceOf(width).minus(Axis.TIME), Map.of("name", name));
    }

    void next(Expr old, Expr value) {
        StateSlot slot = new StateSlot(old.attribute("name", String.class), 1, old.width());
        slots.add(slot);
        states.add(new Loop.State(slot, old, value));
    }

    Expr lag(String name, Expr value, int steps) {
        StateSlot slot = new StateSlot(name, steps, value.width());
        slots.add(slot);
        return Expr.node(Op.LAG, value.shape(), Map.of("steps", steps, "slot", slot), value);
    }

    Expr scan(Expr sequence, Expr x, Expr output) {
        Loop loop = new Loop(x, states, output);
        return Expr.node(Op.SCAN, sequenceOf(output.width()), Map.of("body", loop), sequence);
    }

    TracedModel model(Expr input, Expr output) {
        TracedLayer layer = new TracedLayer(
                1, Configured.of(new Unnamed()), Gates.STANDARD, false, input, output, parameters, List.of(), slots);
        return new TracedModel(input, output, List.of(layer), true);
    }
}
