package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of one step: their old values, and the new ones as they become known. */
final class Steps {
    private final Book book;
    private final String path;
    private final @Nullable Bundle given;
    private final @Nullable Expr input;
    private final boolean continued;
    private final Map<String, Expr> old = new LinkedHashMap<>();
    private final Map<String, Expr> next = new LinkedHashMap<>();

    private Steps(Book book, String path, @Nullable Bundle given, @Nullable Expr input, boolean continued) {
        this.book = book;
        this.path = path;
        this.given = given;
        this.input = input;
        this.continued = continued;
    }

    /** States that are kept from step to step. */
    static Steps carried(Book book, String path) {
        return new Steps(book, path, null, null, false);
    }

    /**
     * States whose old values the caller gives, in a step that reads {@code input}.
     *
     * @param continued whether these values stand for a past even in the first step of a stream
     */
    static Steps given(Book book, String path, Expr input, Bundle states, boolean continued) {
        return new Steps(book, path, states, input, continued);
    }

    boolean continued() {
        return continued;
    }

    /** Whether {@code value} depends on a state of these, rather than on the input, whatever that depends on. */
    boolean recurrent(Expr value) {
        for (Expr each : Graphs.walk(List.of(value), node -> node == input ? List.of() : node.inputs())) {
            if (each.op() == Op.STATE || old.containsValue(each)) { // nodes are equal if they are the same
                return true;
            }
        }
        return false;
    }

    Expr old(String name, int width) {
        Expr known = old.get(name);
        if (known == null) {
            known = given != null ? given.get(name) : leaf(name, width);
            old.put(name, known);
        }
        if (known.width() != width) {
            throw new ExpressionException("state " + name, "width", Axis.FEATURES, known.width(), width);
        }
        return known;
    }

    private Expr leaf(String name, int width) {
        Shape shape = Shape.scalar().plus(Axis.BATCH, Shape.DYNAMIC).plus(Axis.FEATURES, width);
        return Expr.node(Op.STATE, shape, Map.of("name", path + "/" + name));
    }

    Expr next(String name, Expr value) {
        Expr before = old.get(name);
        if (before == null) {
            throw new ExpressionException("next", "there is no state '" + name + "'");
        }
        if (before.width() != value.width()) {
            throw new ExpressionException("next " + name, "value", Axis.FEATURES, before.width(), value.width());
        }
        if (next.putIfAbsent(name, value) != null) {
            throw new ExpressionException("next", "the state '" + name + "' is set twice");
        }
        return value;
    }

    /** All states by name with their new values. */
    Bundle after() {
        for (String name : old.keySet()) {
            if (!next.containsKey(name)) {
                throw new ExpressionException("state", "'" + name + "' is never given a new value (next)");
            }
        }
        Bundle after = Bundle.empty();
        for (String name : old.keySet()) {
            after = after.put(name, java.util.Objects.requireNonNull(next.get(name)));
        }
        return after;
    }

    /** Widths of all states by name. */
    Map<String, Integer> widths() {
        Map<String, Integer> widths = new LinkedHashMap<>();
        old.forEach((name, leaf) -> widths.put(name, leaf.width()));
        return widths;
    }

    /** The states with the slots in which they are kept. */
    List<Loop.State> closed() {
        Bundle after = after();
        List<Loop.State> states = new ArrayList<>();
        old.forEach((name, leaf) ->
                states.add(new Loop.State(book.slot(path + "/" + name, 1, leaf.width()), leaf, after.get(name))));
        return states;
    }
}
