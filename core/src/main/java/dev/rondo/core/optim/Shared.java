package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the traces of all parameters have in common: rate, count, loss, shared numbers and totals. */
final class Shared {
    /** A sum over all parameters: the node that stands for it, and what each parameter adds. */
    record Total(Expr leaf, List<Expr> parts) {}

    final Expr learningRate = number(Op.INPUT, "lr");
    final Expr count = number(Op.INPUT, "count");
    final Expr loss = number(Op.INPUT, "loss");
    final Map<String, Slot> slots = new LinkedHashMap<>();
    final Map<String, Total> totals = new LinkedHashMap<>();

    Expr slot(String name, double initial) {
        Slot slot = slots.computeIfAbsent(
                name, key -> new Slot("shared/" + name, number(Op.STATE, name), Expr.of(initial)));
        double first = slot.initial.attribute("value", Double.class);
        if (Double.compare(first, initial) != 0) {
            throw new ExpressionException("shared", "'" + name + "' begins with " + first + " and with " + initial);
        }
        return slot.leaf;
    }

    Expr total(String name, Expr part) {
        if (!part.shape().axes().isEmpty()) {
            throw new ExpressionException(
                    "total", "'" + name + "' adds numbers, got " + part.shape() + ": sum it first");
        }
        Total total =
                totals.computeIfAbsent(name, key -> new Total(number(Op.INPUT, "total " + name), new ArrayList<>()));
        total.parts().add(part);
        return total.leaf();
    }

    /** Sets the new value of a shared number; every parameter must say the same. */
    void next(String name, Expr value) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new ExpressionException("next", "there is no state and no shared number '" + name + "'");
        }
        if (!value.shape().axes().isEmpty()) {
            throw new ExpressionException("next", "the shared number '" + name + "' got " + value.shape());
        }
        Expr before = slot.next;
        if (before == null) {
            slot.next = value;
        } else if (!Equations.same(before, value)) {
            throw new ExpressionException(
                    "next",
                    "the shared number '" + name + "' depends on the parameter: every parameter must say the same,"
                            + " through total(…) if need be");
        }
    }

    private static Expr number(Op op, String name) {
        return Expr.node(op, Shape.scalar(), Map.of("name", name));
    }
}
