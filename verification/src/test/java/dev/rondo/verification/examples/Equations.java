package dev.rondo.verification.examples;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.trace.Loop;
import dev.rondo.core.trace.TracedModel;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A model's equations as text, one node a line, operands by line number: equal for equal graphs. */
final class Equations {
    private final StringBuilder text = new StringBuilder();
    private final Map<Expr, Integer> numbers = new IdentityHashMap<>();

    private Equations() {}

    static String print(TracedModel model) {
        Equations equations = new Equations();
        equations.number(model.output());
        model.parameters()
                .forEach(each -> equations.text.append("%s %s %s%n".formatted(each.name(), each.shape(), each.role())));
        model.states().forEach(each -> equations.text.append(each).append('\n'));
        return equations.text.toString();
    }

    private int number(Expr node) {
        Integer known = numbers.get(node);
        if (known != null) {
            return known;
        }
        StringBuilder line = new StringBuilder(node.op().name());
        node.inputs().forEach(input -> line.append(' ').append(number(input)));
        if (node.op() == Op.SCAN) {
            Loop loop = node.attribute("body", Loop.class);
            line.append(" input ").append(number(loop.input()));
            loop.states()
                    .forEach(state -> line.append(" state %s from %d to %d"
                            .formatted(state.slot().name(), number(state.old()), number(state.next()))));
            line.append(" output ").append(number(loop.output()));
        }
        Map<String, Object> attributes = new TreeMap<>(node.attributes());
        attributes.remove("body");
        line.append(' ').append(attributes).append(' ').append(node.shape());
        int number = numbers.size();
        numbers.put(node, number);
        text.append(number).append(": ").append(line).append('\n');
        return number;
    }
}
