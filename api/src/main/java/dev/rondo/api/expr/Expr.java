package dev.rondo.api.expr;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A value in an equation: an immutable node that knows its operation, its operands and its shape.
 *
 * <p>Nodes are compared by identity. Operators carry the names that Kotlin maps to {@code + - * /}; they do not simplify,
 * so that a printed equation is the written one. An axis that one operand lacks is broadcast.
 */
public final class Expr implements Term {
    private final Op op;
    private final Shape shape;
    private final Map<String, Object> attributes;
    private final List<Expr> inputs;

    private Expr(Op op, Shape shape, Map<String, Object> attributes, List<Expr> inputs) {
        this.op = op;
        this.shape = shape;
        this.attributes = attributes;
        this.inputs = inputs;
    }

    /** A fixed number without axes. */
    public static Expr of(double constant) {
        return node(Op.CONSTANT, Shape.scalar(), Map.of("value", constant));
    }

    /** A node as engines make it; plugins use {@link Fn} and the operators, which check their operands. */
    public static Expr node(Op op, Shape shape, Map<String, Object> attributes, Expr... inputs) {
        return new Expr(
                Objects.requireNonNull(op), Objects.requireNonNull(shape), Map.copyOf(attributes), List.of(inputs));
    }

    public Expr plus(Expr other) {
        return Fn.binary(Op.ADD, "plus", this, other);
    }

    public Expr plus(double other) {
        return plus(of(other));
    }

    public Expr minus(Expr other) {
        return Fn.binary(Op.SUBTRACT, "minus", this, other);
    }

    public Expr minus(double other) {
        return minus(of(other));
    }

    public Expr times(Expr other) {
        return Fn.binary(Op.MULTIPLY, "times", this, other);
    }

    public Expr times(double other) {
        return times(of(other));
    }

    public Expr div(Expr other) {
        return Fn.binary(Op.DIVIDE, "div", this, other);
    }

    public Expr div(double other) {
        return div(of(other));
    }

    public Expr unaryMinus() {
        return Fn.unary(Op.NEGATE, this);
    }

    public Shape shape() {
        return shape;
    }

    /**
     * Size of the features axis.
     *
     * @throws ExpressionException if the value has no features
     */
    public int width() {
        if (!shape.has(Axis.FEATURES)) {
            throw new ExpressionException("width", "a value of shape " + shape + " has no features");
        }
        return shape.size(Axis.FEATURES);
    }

    public Op op() {
        return op;
    }

    /** Operands, in the order in which {@link Op} documents them. */
    public List<Expr> inputs() {
        return inputs;
    }

    public Expr input(int i) {
        return inputs.get(i);
    }

    public Map<String, Object> attributes() {
        return attributes;
    }

    /**
     * The attribute {@code name} as a {@code type}.
     *
     * @throws IllegalStateException if the node has no such attribute
     */
    public <T> T attribute(String name, Class<T> type) {
        Object value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException(op + " has no attribute " + name);
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        Object name = attributes.getOrDefault("name", attributes.getOrDefault("value", ""));
        return op.name().toLowerCase(java.util.Locale.ROOT) + (name.equals("") ? "" : " " + name) + shape;
    }
}
