package dev.rondo.core.graph;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.graph.Recurrence.Carry;
import dev.rondo.core.trace.Graphs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation of a lowered graph; the gradient is again a lowered graph of the same maker.
 *
 * <p>The gradient of a loop is a loop in the other direction, whose carried values are the gradients by the states.
 */
final class Differentiation {
    /** Operations that cost less than storing and loading their value. */
    private static final Set<Op> CHEAP = Set.of(
            Op.NEGATE,
            Op.ADD,
            Op.SUBTRACT,
            Op.MULTIPLY,
            Op.ONE_MINUS,
            Op.SQUARE,
            Op.LERP,
            Op.LESS,
            Op.SELECT,
            Op.ABS,
            Op.SIGN,
            Op.CLAMP,
            Op.MINIMUM,
            Op.MAXIMUM,
            Op.RELU,
            Op.BROADCAST);

    private final Maker maker;
    private final Set<Expr> active = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, Expr> adjoints = new IdentityHashMap<>();
    private final Map<Expr, Map<Integer, Expr>> results = new IdentityHashMap<>();

    /**
     * Differentiates the sum of what the roots stand for.
     *
     * @param seeds for each root the gradient by it
     * @param wanted leaves whose gradients are asked for
     */
    Differentiation(Maker maker, Map<Expr, Expr> seeds, Collection<Expr> wanted) {
        this.maker = maker;
        List<Expr> order = Lowered.ordered(seeds.keySet());
        active.addAll(wanted);
        for (Expr node : order) {
            if (Lowered.operands(node).stream().anyMatch(active::contains)) {
                active.add(node);
            }
        }
        seeds.forEach(this::add);
        for (int i = order.size() - 1; i >= 0; i--) {
            Expr node = order.get(i);
            if (active.contains(node)) {
                spread(node);
            }
        }
    }

    /** The gradient by a leaf, absent where the root does not depend on it. */
    @Nullable
    Expr gradient(Expr leaf) {
        return adjoints.get(leaf);
    }

    private void add(Expr node, Expr contribution) {
        if (active.contains(node)) {
            Expr fitted = maker.fit(maker.intern(contribution), node.shape());
            adjoints.merge(node, fitted, (sum, more) -> maker.intern(sum.plus(more)));
        }
    }

    private void spread(Expr node) {
        if (node.op() == Op.SCAN) {
            scan(node);
            return;
        }
        Expr d = adjoints.get(node);
        if (d == null) {
            return;
        }
        if (node.op() == Op.RESULT) {
            results.computeIfAbsent(node.input(0), scan -> new TreeMap<>())
                    .put(node.attribute("index", Integer.class), d);
            return;
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            if (active.contains(node.input(i))) {
                Expr contribution = Derivatives.operand(node, i, d);
                if (contribution != null) {
                    add(node.input(i), contribution);
                }
            }
        }
    }

    /** A contribution to the gradient by an outer value that the step reads. */
    private record Closure(Expr value, Expr contribution) {}

    private void scan(Expr scan) {
        Map<Integer, Expr> incoming = results.get(scan);
        if (incoming == null) {
            return;
        }
        Recurrence forward = Lowered.body(scan);
        List<Expr> outputs = forward.outputs();
        Map<Expr, Expr> sequences = new IdentityHashMap<>();
        Map<Expr, Expr> local = new IdentityHashMap<>();
        incoming.forEach((index, d) -> {
            Expr leaf = maker.leaf(Expr.node(Op.INPUT, d.shape().minus(Axis.TIME), Map.of("name", "d" + index)));
            sequences.put(leaf, d);
            accumulate(local, outputs.get(index), leaf);
        });
        List<Expr> carried = new ArrayList<>();
        for (Carry carry : forward.carries()) {
            Expr leaf = maker.leaf(Expr.node(
                    Op.STATE,
                    carry.old().shape(),
                    Map.of("name", "d " + carry.old().attribute("name", String.class))));
            carried.add(leaf);
            accumulate(local, carry.next(), leaf);
        }
        List<Expr> nodes = forward.nodes();
        List<Closure> closures = new ArrayList<>();
        backward(scan, forward, nodes, local, closures);

        List<Carry> back = new ArrayList<>();
        for (int i = 0; i < carried.size(); i++) {
            Carry carry = forward.carries().get(i);
            Expr old = carry.old();
            Expr next = local.getOrDefault(old, maker.fit(maker.constant(0), old.shape()));
            back.add(new Carry(null, carry.distance(), carried.get(i), next));
        }
        List<Expr> wanted = new ArrayList<>();
        back.forEach(carry -> wanted.add(carry.next()));
        closures.forEach(closure -> wanted.add(closure.contribution()));
        for (Expr argument : forward.arguments()) {
            if (local.containsKey(argument)) {
                wanted.add(local.get(argument));
            }
        }
        keep(scan, forward, nodes, wanted, sequences);
        Lifter lifter = new Lifter(maker, !forward.reversed(), sequences, back, false);
        for (int k = 0; k < forward.arguments().size(); k++) {
            Expr d = local.get(forward.arguments().get(k));
            if (d != null) {
                add(scan.input(k), lifter.lift(d));
            }
        }
        closures.forEach(closure -> add(closure.value(), lifter.lift(closure.contribution())));
    }

    /** Spreads the gradients of a step's values over its operands. */
    private void backward(
            Expr scan, Recurrence forward, List<Expr> nodes, Map<Expr, Expr> local, List<Closure> closures) {
        Set<Expr> outside = Collections.newSetFromMap(new IdentityHashMap<>());
        outside.addAll(forward.closures());
        Set<Expr> moving = Collections.newSetFromMap(new IdentityHashMap<>());
        forward.carries().forEach(carry -> moving.add(carry.old()));
        for (int k = 0; k < forward.arguments().size(); k++) {
            if (active.contains(scan.input(k))) {
                moving.add(forward.arguments().get(k));
            }
        }
        for (Expr node : nodes) {
            if (node.inputs().stream().anyMatch(input -> moving.contains(input) || active.contains(input))) {
                moving.add(node);
            }
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Expr node = nodes.get(i);
            Expr d = local.get(node);
            if (d == null) {
                continue;
            }
            for (int k = 0; k < node.inputs().size(); k++) {
                Expr input = node.input(k);
                boolean closure = outside.contains(input);
                if (closure ? !active.contains(input) : !moving.contains(input)) {
                    continue;
                }
                Expr contribution = Derivatives.operand(node, k, d);
                if (contribution == null) {
                    continue;
                }
                if (closure) {
                    closures.add(new Closure(input, maker.intern(contribution)));
                } else {
                    accumulate(local, input, maker.fit(maker.intern(contribution), input.shape()));
                }
            }
        }
    }

    private void accumulate(Map<Expr, Expr> local, Expr node, Expr contribution) {
        local.merge(node, contribution, (sum, more) -> maker.intern(sum.plus(more)));
    }

    /**
     * Finds the values of the forward step that the backward one reads and gives each its sequence.
     *
     * <p>States and what is kept anyway are read, cheap values are computed again, all others are kept from now on.
     */
    private void keep(Expr scan, Recurrence forward, List<Expr> nodes, List<Expr> wanted, Map<Expr, Expr> sequences) {
        Map<Expr, Expr> operands = new IdentityHashMap<>();
        for (int k = 0; k < forward.arguments().size(); k++) {
            operands.put(forward.arguments().get(k), scan.input(k));
        }
        Set<Expr> computed = Collections.newSetFromMap(new IdentityHashMap<>());
        computed.addAll(nodes);
        Set<Expr> free = Collections.newSetFromMap(new IdentityHashMap<>());
        free.addAll(forward.outputs());
        Set<Expr> old = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Carry carry : forward.carries()) {
            free.add(carry.next());
            old.add(carry.old());
        }
        Graphs.walk(wanted, node -> {
            if (operands.containsKey(node)) {
                sequences.put(node, operands.get(node));
                return List.of();
            }
            boolean again = CHEAP.contains(node.op()) && !free.contains(node);
            if (old.contains(node) || computed.contains(node) && !again) {
                sequences.put(
                        node,
                        maker.make(
                                Op.RESULT,
                                Lifter.timed(node.shape()),
                                Map.of("index", forward.export(node)),
                                List.of(scan)));
                return List.of();
            }
            return node.inputs();
        });
    }
}
