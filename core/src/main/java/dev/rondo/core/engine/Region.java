package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.graph.Lowered;
import dev.rondo.core.graph.Ops;
import dev.rondo.core.kernels.StripOp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what each instruction of a part of a program computes: the step of a loop, or all that is outside of loops.
 *
 * <p>Beginning with what is wanted, a node becomes one unit together with operands that only it needs; what no unit reads is
 * never computed.
 */
final class Region {
    /** What one instruction, or a share in one, computes. */
    sealed interface Unit {
        Expr root();

        List<Expr> operands();
    }

    /** An elementwise instruction. */
    record Elementwise(Expr root, StripOp op, List<Expr> operands, double s, double t) implements Unit {}

    /**
     * A sum of products: {@code addend + Σ factor · weight}.
     *
     * @param addends one or none
     */
    record Products(Expr root, List<Expr> factors, List<Expr> weights, List<Expr> addends) implements Unit {
        @Override
        public List<Expr> operands() {
            List<Expr> all = new ArrayList<>(factors);
            all.addAll(addends);
            return all;
        }
    }

    /** Anything else, by itself. */
    record Single(Expr root, List<Expr> operands) implements Unit {}

    private final Set<Expr> members = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Expr> pinned = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, Integer> uses = new IdentityHashMap<>();
    private final Map<Expr, Unit> units = new IdentityHashMap<>();
    private final List<Unit> ordered = new ArrayList<>();
    private final Map<Expr, Map<Shape, Expr>> broadcasts = new IdentityHashMap<>();
    private final Patterns patterns = new Patterns(this::absorbable);

    /**
     * The units that compute {@code wanted}.
     *
     * @param nodes all that the region may compute
     */
    Region(Collection<Expr> nodes, Collection<Expr> wanted) {
        members.addAll(nodes);
        pinned.addAll(wanted);
        for (Expr node : nodes) {
            for (Expr input : node.inputs()) {
                uses.merge(input, 1, Integer::sum);
            }
        }
        wanted.forEach(this::demand);
    }

    /** Units, operands first. */
    List<Unit> units() {
        return ordered;
    }

    private void demand(Expr node) {
        if (units.containsKey(node) || !members.contains(node)) {
            return;
        }
        Unit unit = unit(node);
        units.put(node, unit);
        unit.operands().forEach(this::demand);
        ordered.add(unit);
    }

    private Unit unit(Expr node) {
        if (node.op() == Op.MATMUL || node.op() == Op.ADD) {
            List<Expr> terms = new ArrayList<>();
            flatten(node, node, terms);
            List<Expr> products =
                    terms.stream().filter(term -> isProduct(term, node)).toList();
            if (!products.isEmpty()) {
                return products(node, terms, products);
            }
        }
        if (Ops.elementwise(node.op()) && node.op() != Op.PHASE) {
            Patterns.Match match = patterns.match(node);
            List<Expr> operands = new ArrayList<>();
            match.operands().forEach(operand -> operands.add(adapted(operand, node.shape())));
            return new Elementwise(node, match.op(), operands, match.s(), match.t());
        }
        return new Single(node, Lowered.operands(node));
    }

    private void flatten(Expr node, Expr root, List<Expr> terms) {
        boolean opened = node.op() == Op.ADD
                && (node == root || single(node))
                && node.shape().equals(root.shape());
        if (opened) {
            node.inputs().forEach(input -> flatten(input, root, terms));
        } else {
            terms.add(node);
        }
    }

    private boolean isProduct(Expr term, Expr root) {
        return term.op() == Op.MATMUL
                && term.shape().equals(root.shape())
                && members.contains(term)
                && (term == root || single(term));
    }

    private Products products(Expr node, List<Expr> terms, List<Expr> products) {
        Expr rest = null;
        for (Expr term : terms) {
            if (products.stream().noneMatch(product -> product == term)) {
                rest = rest == null ? term : made(Op.ADD, rest.shape().equals(node.shape()) ? rest : term, rest, term);
            }
        }
        List<Expr> factors = products.stream().map(product -> product.input(0)).toList();
        List<Expr> weights = products.stream().map(product -> product.input(1)).toList();
        List<Expr> addends = rest == null ? List.of() : List.of(bias(rest) ? rest : adapted(rest, node.shape()));
        return new Products(node, factors, weights, addends);
    }

    /** Whether a value is one vector for all rows, which products add without help. */
    static boolean bias(Expr value) {
        return value.shape().equals(Shape.scalar()) || value.shape().axes().equals(List.of(Axis.FEATURES));
    }

    private Expr made(Op op, Expr like, Expr a, Expr b) {
        Shape shape = like.shape();
        for (Expr each : List.of(a, b)) {
            for (Axis axis : each.shape().axes()) {
                shape = shape.has(axis) ? shape : shape.plus(axis, each.shape().size(axis));
            }
        }
        Expr node = Expr.node(op, ordered(shape), Map.of(), a, b);
        if (node.shape().has(Axis.BATCH)) {
            members.add(node);
        }
        return node;
    }

    private static Shape ordered(Shape shape) {
        Shape sorted = Shape.scalar();
        for (Axis axis : List.of(Axis.TIME, Axis.BATCH, Axis.FEATURES)) {
            sorted = shape.has(axis) ? sorted.plus(axis, shape.size(axis)) : sorted;
        }
        return sorted;
    }

    /** {@code value} with a feature for each of those of {@code like}, as instructions need it. */
    private Expr adapted(Expr value, Shape like) {
        if (value.shape().equals(like)) {
            return value;
        }
        boolean sameLayout =
                value.shape().has(Axis.BATCH) && value.shape().has(Axis.FEATURES) == like.has(Axis.FEATURES);
        if (sameLayout) {
            return value; // without time it is the same in every step
        }
        Shape shape = value.shape().has(Axis.BATCH) && !value.shape().has(Axis.TIME) ? like.minus(Axis.TIME) : like;
        return broadcasts.computeIfAbsent(value, any -> new HashMap<>()).computeIfAbsent(shape, any -> {
            Expr node = Expr.node(Op.BROADCAST, shape, Map.of(), value);
            members.add(node);
            return node;
        });
    }

    private boolean single(Expr node) {
        return uses.getOrDefault(node, 0) == 1 && !pinned.contains(node) && members.contains(node);
    }

    /** Whether a node may be computed within its consumer: nobody else needs it, or doing it twice costs nothing. */
    private boolean absorbable(Expr node) {
        if (!members.contains(node)) {
            return false;
        }
        boolean cheap = node.op() == Op.ONE_MINUS
                || node.op() == Op.SQUARE
                || node.op() == Op.MULTIPLY
                        && node.input(1).op() == Op.ONE_MINUS
                        && node.input(1).input(0) == node.input(0);
        return cheap || single(node);
    }
}
