package dev.rondo.core.method;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.core.graph.StepCalculus;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Printer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The equations of a training method as people read them, for a model of which nothing is known: {@code θ} are its parameters, {@code h}
 * the states before a step and {@code h'} after it, {@code y} the output; {@code m'} is the new value of what the method keeps as
 * {@code m}, and a derivative is named after what it is of.
 */
public final class MethodEquations {
    private MethodEquations() {}

    /** A line for each equation; the last one is the answer. */
    public static List<String> of(Configured<TrainingMethod> method) {
        boolean steps = Moments.eachStep(method);
        Symbols symbols = new Symbols(steps);
        MethodTracer trace = new MethodTracer(method, symbols);
        Bundle update = trace.update();
        Map<String, Expr> results = new LinkedHashMap<>(symbols.scalars);
        for (MethodTracer.Kept kept : trace.kept()) {
            results.put(symbols.names.get(kept.old()) + "'", kept.next());
        }
        results.put(steps ? "gradient" : "θ'", update.get("θ"));
        return Printer.equations(symbols.names, results);
    }

    /** Values that are nothing but names. */
    private static final class Symbols implements StepCalculus {
        private final Map<Expr, String> names = new LinkedHashMap<>();
        /** Numbers that derivatives are of, by the names that they got. */
        private final Map<String, Expr> scalars = new LinkedHashMap<>();

        private final Expr parameters = named("θ", Shape.matrix(4, 6));
        private final Expr states =
                named("h", Shape.scalar().plus(Axis.BATCH, 3).plus(Axis.FEATURES, 6));
        private final Expr nextStates = named("h'", states.shape());
        private final Expr loss = named("loss", Shape.scalar());
        private final Expr output;

        Symbols(boolean steps) {
            Shape rows = Shape.scalar().plus(Axis.BATCH, 3).plus(Axis.FEATURES, 2);
            output = named(
                    "y",
                    steps
                            ? rows
                            : Shape.scalar()
                                    .plus(Axis.TIME, Shape.DYNAMIC)
                                    .plus(Axis.BATCH, Shape.DYNAMIC)
                                    .plus(Axis.FEATURES, 2));
        }

        private Expr named(String name, Shape shape) {
            Expr leaf = Expr.node(Op.INPUT, shape, Map.of("name", name));
            names.put(leaf, name);
            return leaf;
        }

        @Override
        public Bundle parameters() {
            return Bundle.of("θ", parameters);
        }

        @Override
        public Bundle states() {
            return Bundle.of("h", states);
        }

        @Override
        public Bundle nextStates() {
            return Bundle.of("h", nextStates);
        }

        @Override
        public Expr output() {
            return output;
        }

        @Override
        public Expr loss() {
            return loss;
        }

        @Override
        public Bundle gradient(Expr scalar, Bundle of) {
            String name = name(scalar);
            return of.map(each -> named("(∂" + name + "/∂" + name(each) + ")", each.shape()));
        }

        @Override
        public Bundle tangent(Bundle result, Bundle of, Bundle direction) {
            String by = String.join(
                    ", ", of.names().stream().map(each -> name(of.get(each))).toList());
            String along = String.join(
                    ", ",
                    direction.names().stream()
                            .map(each -> name(direction.get(each)))
                            .toList());
            return result.map(each -> named("(∂" + name(each) + "/∂" + by + ")·" + along, each.shape()));
        }

        /** What a value is called, which gets a line of its own if it is none of the leaves. */
        private String name(Expr value) {
            String known = names.get(value);
            if (known != null || value.inputs().isEmpty()) {
                return known != null ? known : value.attribute("name", String.class);
            }
            for (Map.Entry<String, Expr> each : scalars.entrySet()) {
                if (each.getValue() == value) {
                    return each.getKey();
                }
            }
            String name = "a" + (scalars.size() + 1);
            scalars.put(name, value);
            return name;
        }

        /** A memory is called what it is called in the method, which keeps one value in it; draws are printed as draws. */
        @Override
        public Expr leaf(Expr leaf) {
            if (leaf.op() == Op.STATE) {
                String name = leaf.attribute("name", String.class);
                names.put(leaf, name.substring(0, name.indexOf('/')));
            }
            return leaf;
        }
    }
}
