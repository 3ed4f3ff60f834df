package dev.rondo.core.graph;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.arrays.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of one graph: folds constants, drops operations that do nothing, and gives the same node for the same
 * operation on the same operands.
 *
 * <p>Equal sub-expressions are shared here and nowhere else, so a graph that was built through a maker needs no pass for it.
 */
final class Maker {
    private record Key(Op op, Shape shape, Map<String, Object> attributes, List<Integer> inputs) {}

    private final Map<Key, Expr> known = new HashMap<>();
    private final IdentityHashMap<Expr, Integer> numbers = new IdentityHashMap<>();

    /** The node for {@code expr}, whose operands may be freshly written with the functions of the language. */
    Expr intern(Expr expr) {
        if (numbers.containsKey(expr)) {
            return expr;
        }
        List<Expr> inputs = new ArrayList<>(expr.inputs().size());
        for (Expr input : expr.inputs()) {
            inputs.add(intern(input));
        }
        return make(expr.op(), expr.shape(), expr.attributes(), inputs);
    }

    /** The node for an operation on nodes of this maker. */
    Expr make(Op op, Shape shape, Map<String, Object> attributes, List<Expr> inputs) {
        Expr simple = simplified(op, shape, attributes, inputs);
        return simple != null ? simple : shared(op, shape, attributes, inputs);
    }

    /** {@code leaf} itself, as a node that is like no other. */
    Expr leaf(Expr leaf) {
        numbers.putIfAbsent(leaf, numbers.size());
        return leaf;
    }

    Expr constant(double value) {
        return shared(Op.CONSTANT, Shape.scalar(), Map.of("value", value), List.of());
    }

    /** {@code value} repeated and summed until it has exactly the axes of {@code shape}. */
    Expr fit(Expr value, Shape shape) {
        List<Axis> extra =
                value.shape().axes().stream().filter(axis -> !shape.has(axis)).toList();
        Expr fitted = value;
        if (!extra.isEmpty()) {
            Shape summed = value.shape();
            for (Axis axis : extra) {
                summed = summed.minus(axis);
            }
            fitted = make(Op.SUM, summed, Map.of("axes", extra), List.of(value));
        }
        return fitted.shape().equals(shape) ? fitted : make(Op.BROADCAST, shape, Map.of(), List.of(fitted));
    }

    private Expr shared(Op op, Shape shape, Map<String, Object> attributes, List<Expr> inputs) {
        if (attributes.containsKey("label") || attributes.containsKey("gate")) { // what only printers read
            attributes = new HashMap<>(attributes);
            attributes.remove("label");
            attributes.remove("gate");
        }
        List<Integer> operands = new ArrayList<>(inputs.size());
        for (Expr input : inputs) {
            Integer number = numbers.get(input);
            if (number == null) {
                throw new IllegalStateException("the operand " + input + " of " + op + " was made elsewhere");
            }
            operands.add(number);
        }
        Key key = new Key(op, shape, attributes, operands);
        Expr node = known.get(key);
        if (node == null) {
            node = Expr.node(op, shape, attributes, inputs.toArray(Expr[]::new));
            known.put(key, node);
            numbers.put(node, numbers.size());
        }
        return node;
    }

    private @Nullable Expr simplified(Op op, Shape shape, Map<String, Object> attributes, List<Expr> in) {
        if (op == Op.OPTION) {
            return constant((Double) Objects.requireNonNull(attributes.get("value")));
        }
        boolean known = in.stream().allMatch(each -> each.op() == Op.CONSTANT);
        if (known && Ops.elementwise(op) && shape.axes().isEmpty()) {
            return constant(Numbers.of(
                    op, attributes, in.stream().mapToDouble(Maker::value).toArray()));
        }
        Expr same = switch (op) {
            case ADD -> is(in.get(1), 0) ? in.get(0) : is(in.get(0), 0) ? in.get(1) : null;
            case SUBTRACT -> is(in.get(1), 0) ? in.get(0) : null;
            case MULTIPLY -> is(in.get(1), 1) ? in.get(0) : is(in.get(0), 1) ? in.get(1) : null;
            case DIVIDE -> is(in.get(1), 1) ? in.get(0) : null;
            case BROADCAST -> in.get(0);
            case SELECT -> in.get(0).op() == Op.CONSTANT ? in.get(value(in.get(0)) != 0 ? 1 : 2) : null;
            case LERP -> is(in.get(2), 0) ? in.get(0) : is(in.get(2), 1) ? in.get(1) : null;
            case NEGATE, TRANSPOSE -> in.get(0).op() == op ? in.get(0).input(0) : null;
            default -> null;
        };
        if (same == null) {
            return null;
        }
        if (same.shape().equals(shape)) {
            return same;
        }
        return op == Op.BROADCAST
                ? same.op() == Op.BROADCAST ? make(Op.BROADCAST, shape, Map.of(), List.of(same.input(0))) : null
                : make(Op.BROADCAST, shape, Map.of(), List.of(same));
    }

    private static boolean is(Expr node, double value) {
        return node.op() == Op.CONSTANT && value(node) == value;
    }

    static double value(Expr constant) {
        return constant.attribute("value", Double.class);
    }
}
