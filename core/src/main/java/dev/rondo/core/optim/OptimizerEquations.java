package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Role;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Printer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rule of an optimiser as people read it: {@code θ} is a parameter, {@code θ₀} its first value, {@code g} its gradient, {@code t}
 * the number of the step, {@code m'} the new value of what it remembers as {@code m}.
 */
public final class OptimizerEquations {
    private static final String NAME = "θ";
    private static final String POINT = "point";

    private OptimizerEquations() {}

    /** The rule for a matrix in the midst of a model, a line for each equation. */
    public static List<String> ofMatrix(Configured<Optimizer> optimizer) {
        return of(optimizer, new Parameter(NAME, leaf(Shape.matrix(4, 6)), Init.AUTO, Role.RECURRENT, null));
    }

    /** The rule for a vector, which some treat as the matrix and some do not. */
    public static List<String> ofVector(Configured<Optimizer> optimizer) {
        return of(optimizer, new Parameter(NAME, leaf(Shape.vector(6)), Init.AUTO, Role.BIAS, null));
    }

    private static Expr leaf(Shape shape) {
        return Expr.node(Op.PARAMETER, shape, Map.of("name", NAME));
    }

    private static List<String> of(Configured<Optimizer> optimizer, Parameter parameter) {
        Shared shared = new Shared();
        OptimizerTracer trace = new OptimizerTracer(optimizer, parameter, shared);
        Expr point = trace.traceGradientPoint();
        Expr update = trace.traceUpdate();
        Map<String, Slot> slots = new LinkedHashMap<>(trace.slots);
        slots.putAll(shared.slots);

        Map<String, Expr> results = new LinkedHashMap<>();
        if (point != trace.parameter) {
            results.put(POINT, point);
        }
        shared.totals.forEach(
                (name, total) -> results.put("Σ" + name, total.parts().get(0)));
        slots.forEach((name, slot) -> {
            Expr next = slot.next;
            if (next != null) {
                results.put(name + "'", next);
            }
        });
        results.put(NAME + "'", update);

        Map<Expr, String> leaves = new LinkedHashMap<>();
        leaves.put(trace.parameter, NAME);
        slots.forEach((name, slot) -> leaves.put(slot.leaf, name));
        shared.totals.forEach((name, total) -> leaves.put(total.leaf(), "Σ" + name));
        Slot initial = trace.initial;
        if (initial != null) {
            leaves.put(initial.leaf, NAME + "₀");
        }
        Set<Expr> read = new HashSet<>(Graphs.ordered(results.values()));
        Map.of(trace.gradient, "g", shared.learningRate, "lr", shared.count, "t", shared.loss, "loss")
                .forEach((leaf, name) -> {
                    if (read.contains(leaf)) {
                        leaves.put(leaf, name);
                    }
                });

        List<String> lines = new ArrayList<>();
        Map<Expr, String> atFirst = new LinkedHashMap<>(Map.of(trace.parameter, NAME));
        if (initial != null) {
            atFirst.put(initial.leaf, NAME + "₀");
        }
        slots.forEach((name, slot) -> {
            List<String> first = Printer.equations(atFirst, Map.of(name, slot.initial));
            if (!first.equals(List.of(name + " = 0"))) {
                first.forEach(line -> lines.add(line + "   at first"));
            }
        });
        for (String line : Printer.equations(leaves, results)) {
            lines.add(line.startsWith("Σ") ? line.replaceFirst(" = ", " = sum over all parameters of ") : line);
            if (line.startsWith(POINT + " = ")) {
                lines.add("g = gradient of the loss at the " + POINT);
            }
        }
        return lines;
    }
}
