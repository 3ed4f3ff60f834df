package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Step;
import dev.rondo.core.spec.Configured;
import java.util.Map;

/** A wrapped cell as its wrapper sees it. */
final class NestedCell implements Nested {
    private final TracingScope owner;
    private final Book book;
    private final String path;
    private final String local;
    private final Configured<?> cell;
    private final Map<String, Integer> widths;
    private final Rewriting rewriting;
    private boolean stepped;

    NestedCell(
            TracingScope owner,
            Book book,
            String path,
            String local,
            Configured<?> cell,
            int inputs,
            Rewriting rewriting) {
        this.owner = owner;
        this.book = book;
        this.path = path;
        this.local = local;
        this.cell = cell;
        this.rewriting = rewriting;
        this.widths = learn(inputs);
    }

    /** Runs the cell once for nothing: only its equations know which states it has. */
    private Map<String, Integer> learn(int inputs) {
        Shape shape = Shape.scalar().plus(Axis.BATCH, Shape.DYNAMIC).plus(Axis.FEATURES, inputs);
        Book scratch = book.scratch();
        Steps steps = Steps.carried(scratch, path);
        TracingScope.forStep(scratch, path, cell, steps, Rewriting.NONE)
                .step(Expr.node(Op.INPUT, shape, Map.of("name", "x")));
        return steps.widths();
    }

    TracingScope owner() {
        return owner;
    }

    /** The name of a state in the wrapper's own name space. */
    String local(String state) {
        return local + "/" + state;
    }

    @Override
    public Bundle states() {
        Bundle states = Bundle.empty();
        for (Map.Entry<String, Integer> each : widths.entrySet()) {
            states = states.put(each.getKey(), owner.state(local(each.getKey()), each.getValue()));
        }
        return states;
    }

    @Override
    public Step step(Expr x, Bundle states) {
        return step(x, states, owner.continues());
    }

    @Override
    public Step continued(Expr x, Bundle states) {
        return step(x, states, true);
    }

    private Step step(Expr x, Bundle states, boolean continued) {
        if (stepped) {
            throw new ExpressionException("step", "the cell at " + path + " is stepped twice");
        }
        stepped = true;
        // A node of its own, by which the cell's input is told from its states even where both are the same value.
        Expr input = Expr.node(Op.BROADCAST, x.shape(), Map.of(), x);
        Steps steps = Steps.given(book, path, input, states, continued);
        Expr output = TracingScope.forStep(book, path, cell, steps, rewriting).step(input);
        return new Step(output, steps.after());
    }
}
