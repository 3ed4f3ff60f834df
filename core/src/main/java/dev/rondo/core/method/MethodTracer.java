package dev.rondo.core.method;

import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.TrainingScope;
import dev.rondo.core.graph.Calculus;
import dev.rondo.core.graph.StepCalculus;
import dev.rondo.core.optim.Equations;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a training method once and keeps what it says. */
final class MethodTracer implements Settings, TrainingScope {
    /**
     * Values that are kept from step to step.
     *
     * @param old leaf in the shape of what it is like
     * @param next the value after the step
     */
    record Kept(String name, Expr old, Expr next) {}

    private final Configured<TrainingMethod> method;
    private final Calculus calculus;
    private final boolean eachStep;
    private final Map<String, Bundle> memories = new LinkedHashMap<>();
    private final Map<String, Bundle> nexts = new LinkedHashMap<>();
    private final List<Expr> draws = new ArrayList<>();

    MethodTracer(Configured<TrainingMethod> method, Calculus calculus) {
        this.method = method;
        this.calculus = calculus;
        eachStep = Moments.eachStep(method);
    }

    /** What the method answers: for each parameter a value in its shape. */
    Bundle update() {
        return asked(() -> {
            Bundle update = method.plugin().update(this);
            memories.forEach((name, memory) -> {
                if (!nexts.containsKey(name)) {
                    throw new ExpressionException("update", "no next value for the memory '" + name + "'");
                }
            });
            return like("update", parameters(), update);
        });
    }

    /** All values that the method keeps, by full name, as in {@code theta/1.LSTM/f.W}; after {@link #update}. */
    List<Kept> kept() {
        List<Kept> kept = new ArrayList<>();
        memories.forEach((memory, old) -> {
            Bundle next = Objects.requireNonNull(nexts.get(memory));
            old.names().forEach(name -> kept.add(new Kept(memory + "/" + name, old.get(name), next.get(name))));
        });
        return kept;
    }

    /** Random draws that the method reads. */
    List<Expr> draws() {
        return List.copyOf(draws);
    }

    private static Bundle like(String operation, Bundle shapes, Bundle values) {
        if (!shapes.names().equals(values.names())) {
            throw new ExpressionException(
                    operation, "a value for each of " + shapes.names() + " is needed, not for " + values.names());
        }
        return shapes.zip(values, (name, shape, value) -> Equations.inShape(operation, value, shape.shape()));
    }

    private StepCalculus steps(String operation) {
        if (eachStep && calculus instanceof StepCalculus steps) {
            return steps;
        }
        throw new ExpressionException(operation, "there is none where training is stuck, but in each step");
    }

    @Override
    public Bundle parameters() {
        return calculus.parameters();
    }

    @Override
    public Bundle states() {
        return steps("states").states();
    }

    @Override
    public Bundle nextStates() {
        return steps("nextStates").nextStates();
    }

    @Override
    public Expr output() {
        return calculus.output();
    }

    @Override
    public Expr loss() {
        return steps("loss").loss();
    }

    @Override
    public Bundle gradient(Expr scalar, Bundle of) {
        if (!scalar.shape().axes().isEmpty()) {
            throw new ExpressionException("gradient", "that of a number, not of " + scalar.shape());
        }
        return calculus.gradient(scalar, of);
    }

    @Override
    public Bundle tangent(Bundle result, Bundle of, Bundle direction) {
        return steps("tangent").tangent(result, of, like("tangent", of, direction));
    }

    @Override
    public Bundle memory(String name, Bundle like) {
        StepCalculus steps = steps("memory");
        if (memories.containsKey(name)) {
            throw new ExpressionException("memory", "'" + name + "' is there already");
        }
        Bundle memory = Bundle.empty();
        for (String each : like.names()) {
            Map<String, Object> attributes = Map.of("name", name + "/" + each);
            Expr leaf = Expr.node(Op.STATE, like.get(each).shape(), attributes);
            memory = memory.put(each, steps.leaf(leaf));
        }
        memories.put(name, memory);
        return memory;
    }

    @Override
    public void next(String name, Bundle value) {
        steps("next");
        Bundle memory = memories.get(name);
        if (memory == null) {
            throw new ExpressionException("next", "there is no memory '" + name + "'");
        }
        if (nexts.put(name, like("next", memory, value)) != null) {
            throw new ExpressionException("next", "a second next value for '" + name + "'");
        }
    }

    @Override
    public Expr random(Draw draw, Expr like) {
        int ordinal = draws.size() + 1;
        Draw.Per per = eachStep ? Draw.Per.STEP : Draw.Per.CHUNK;
        String path = "method." + method.name();
        Expr leaf = Expr.node(
                Op.RANDOM,
                like.shape(),
                Map.of("draw", draw, "per", per, "ordinal", ordinal, "path", path, "name", "random" + ordinal));
        draws.add(calculus.leaf(leaf));
        return leaf;
    }

    @Override
    public Configured<?> use() {
        return method;
    }
}
