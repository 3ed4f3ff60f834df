package dev.rondo.core.graph;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.graph.Recurrence.Carry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits the equations of a step into three parts: what depends on no carried value is computed for all steps before the loop,
 * what a carried value depends on stays in the loop, and the rest follows after it, again for all steps at once.
 *
 * <p>Axes have names, so lifting an equation out of the loop is writing the same equation for operands that have a time axis. The
 * gradient of a loop is a loop that runs backwards, so the same split serves both.
 */
final class Lifter {
    private final Maker maker;
    private final boolean hoistElementwise;
    private final Map<Expr, Expr> outer = new IdentityHashMap<>();
    private final Map<Expr, Expr> inner = new IdentityHashMap<>();
    private final Stateful stateful = new Stateful();
    private final Set<Expr> looped = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Expr> operands = new ArrayList<>();
    private final List<Expr> arguments = new ArrayList<>();
    private final Set<Expr> closures = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Recurrence loop;
    private final @Nullable Expr scan;
    private boolean complete;

    /**
     * Splits the step whose carried values are {@code carries}.
     *
     * @param sequences for each leaf that stands for a sequence's value in the step, the sequence
     * @param hoistElementwise whether elementwise work moves out of the loop too; in gradients it stays, because it would need
     *     planes of its own
     */
    Lifter(Maker maker, boolean reversed, Map<Expr, Expr> sequences, List<Carry> carries, boolean hoistElementwise) {
        this.maker = maker;
        this.hoistElementwise = hoistElementwise;
        outer.putAll(sequences);
        List<Carry> kept = new ArrayList<>(carries);
        carries.forEach(carry -> stateful.add(carry.old()));
        while (kept.removeIf(this::becomesLag)) {
            stateful.restart(kept.stream().map(Carry::old).toList());
        }
        List<Carry> inside = new ArrayList<>();
        for (Carry carry : kept) {
            looped.add(carry.old());
            inner.put(carry.old(), maker.leaf(carry.old()));
        }
        for (Carry carry : kept) {
            inside.add(new Carry(carry.slot(), carry.distance(), carry.old(), within(carry.next())));
        }
        loop = new Recurrence(reversed, arguments, inside, closures);
        Map<String, Object> body = Map.of("body", loop);
        scan = inside.isEmpty()
                ? null
                : maker.leaf(Expr.node(Op.SCAN, Shape.scalar(), body, operands.toArray(Expr[]::new)));
        complete = true;
    }

    /** A state that is set from inputs alone is its new value, one step late. */
    private boolean becomesLag(Carry carry) {
        if (carry.slot() == null || carry.distance() != 1 || stateful.depends(carry.next())) {
            return false;
        }
        Expr value = lift(carry.next());
        Expr sequence = maker.fit(value, timed(carry.old().shape()));
        Map<String, Object> late = Map.of("steps", 1, "slot", carry.slot());
        outer.put(carry.old(), maker.make(Op.LAG, sequence.shape(), late, List.of(sequence)));
        return true;
    }

    /** The value of {@code node} inside of the loop. */
    private Expr within(Expr node) {
        Expr known = inner.get(node);
        if (known != null) {
            return known;
        }
        Expr made;
        if (stateful.depends(node)
                || !hoistElementwise && elementwise(node) && varies(node) && !outer.containsKey(node)) {
            List<Expr> inputs = new ArrayList<>();
            for (Expr input : node.inputs()) {
                inputs.add(within(input));
            }
            made = maker.make(node.op(), node.shape(), node.attributes(), inputs);
            looped.add(node);
        } else {
            Expr value = lift(node);
            made = value.shape().has(Axis.TIME) ? argument(value) : value;
            if (made == value) {
                closures.add(value);
            }
        }
        inner.put(node, made);
        return made;
    }

    /** The leaf that stands for the sequence's value in the step. */
    private Expr argument(Expr sequence) {
        int known = operands.indexOf(sequence);
        if (known >= 0) {
            return arguments.get(known);
        }
        Map<String, Object> name = Map.of("name", "argument" + arguments.size());
        Expr leaf = maker.leaf(Expr.node(Op.INPUT, sequence.shape().minus(Axis.TIME), name));
        operands.add(sequence);
        arguments.add(leaf);
        return leaf;
    }

    private static boolean elementwise(Expr node) {
        return Ops.elementwise(node.op()) || node.op() == Op.BROADCAST;
    }

    /** Whether a value has rows, so that it may differ from step to step. */
    private static boolean varies(Expr node) {
        return node.shape().has(Axis.BATCH) || node.op() == Op.RANDOM;
    }

    /** The value of {@code node} for all steps. */
    Expr lift(Expr node) {
        Expr known = outer.get(node);
        if (known != null) {
            return known;
        }
        Expr made;
        if (complete && looped.contains(node)) { // before, what moved in for convenience is computed outside as well
            made = result(loop.export(Objects.requireNonNull(inner.get(node))), timed(node.shape()));
        } else {
            List<Expr> inputs = new ArrayList<>();
            for (Expr input : node.inputs()) {
                inputs.add(lift(input));
            }
            boolean summed =
                    node.op() == Op.SUM && node.attribute("axes", List.class).contains(Axis.TIME);
            if (summed) { // what is the same in all steps counts in each
                inputs.replaceAll(input -> maker.fit(input, timed(input.shape())));
            }
            boolean sequence = inputs.stream().anyMatch(input -> input.shape().has(Axis.TIME)) || everyStep(node);
            boolean reduced = node.op() == Op.OUTER || summed;
            Shape shape = sequence && !reduced ? timed(node.shape()) : node.shape();
            if (node.op() == Op.RANDOM || node.op() == Op.INPUT || node.op() == Op.PARAMETER || node.op() == Op.SCAN) {
                made = node.op() == Op.RANDOM && sequence
                        ? maker.make(node.op(), shape, node.attributes(), List.of())
                        : maker.leaf(node);
            } else {
                made = maker.make(node.op(), shape, node.attributes(), inputs);
            }
        }
        outer.put(node, made);
        return made;
    }

    private Expr result(int index, Shape shape) {
        if (scan == null) {
            throw new IllegalStateException("no loop, but a result of it is wanted");
        }
        return maker.make(Op.RESULT, shape, Map.of("index", index), List.of(scan));
    }

    private static boolean everyStep(Expr node) {
        return switch (node.op()) {
            case INDEX, STAMP, FIRST_STEP, VALID -> true;
            case RANDOM -> node.attribute("per", Draw.Per.class) == Draw.Per.STEP;
            default -> false;
        };
    }

    static Shape timed(Shape shape) {
        if (shape.has(Axis.TIME)) {
            return shape;
        }
        Shape timed = Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC);
        for (Axis axis : shape.axes()) {
            timed = timed.plus(axis, shape.size(axis));
        }
        return timed;
    }
}
