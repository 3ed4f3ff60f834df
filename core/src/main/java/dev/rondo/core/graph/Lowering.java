package dev.rondo.core.graph;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.graph.Recurrence.Carry;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Loop;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes a traced model as a graph over whole sequences, for training or for evaluation, for full rows or for any lengths. */
final class Lowering {
    private final Maker maker;
    private final boolean training;
    private final boolean masked;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();
    private final Stateful stateful = new Stateful();
    private final List<Expr> asides;

    private Lowering(Maker maker, List<Expr> asides, boolean training, boolean masked) {
        this.maker = maker;
        this.asides = asides;
        this.training = training;
        this.masked = masked;
    }

    /**
     * Lowers {@code model}.
     *
     * @param asides what is wanted besides the output, made of values of the model and without a state
     * @param training whether random draws are drawn; if not, they are their means
     * @param masked whether rows may be shorter than the piece: their states stop, and their outputs are zero, past their length
     */
    static Lowered lower(Maker maker, TracedModel model, List<Expr> asides, boolean training, boolean masked) {
        Lowering lowering = new Lowering(maker, asides, training, masked);
        Expr input = maker.leaf(leaf(model.input()));
        lowering.done.put(model.input(), lowering.whereValid(input, maker.constant(0)));
        lowering.all(List.of(model.output())); // before what only its loops can compute
        lowering.all(asides);
        Expr output = lowering.whereValid(lowering.known(model.output()), maker.constant(0));
        return new Lowered(
                model, input, output, asides.stream().map(lowering::known).toList());
    }

    /** The input of a whole model is a leaf; that of some of its layers is what the layer before them gives, and stands for itself. */
    private static Expr leaf(Expr input) {
        return input.op() == Op.INPUT ? input : Expr.node(Op.INPUT, input.shape(), Map.of("name", "x"));
    }

    private void all(List<Expr> roots) {
        for (Expr node : Graphs.walk(roots, each -> done.containsKey(each) ? List.of() : each.inputs())) {
            if (!done.containsKey(node)) {
                done.put(node, node.op() == Op.SCAN ? scan(node) : rewritten(node, inputs(node)));
            }
        }
    }

    private Expr known(Expr node) {
        Expr value = done.get(node);
        if (value == null) {
            throw new IllegalStateException("operand before its turn: " + node);
        }
        return value;
    }

    private List<Expr> inputs(Expr node) {
        return node.inputs().stream().map(this::known).toList();
    }

    private Expr whereValid(Expr value, Expr otherwise) {
        if (!masked) {
            return value;
        }
        Shape rows = Shape.scalar();
        for (Axis axis : List.of(Axis.TIME, Axis.BATCH)) {
            rows = value.shape().has(axis) ? rows.plus(axis, Shape.DYNAMIC) : rows;
        }
        Expr valid = maker.make(Op.VALID, rows, Map.of("name", "valid"), List.of());
        Expr other = maker.fit(otherwise, value.shape());
        return maker.intern(Fn.select(valid, value, other));
    }

    private Expr scan(Expr node) {
        Loop loop = Graphs.body(node);
        Expr sequence = known(node.input(0));
        done.put(loop.input(), maker.leaf(loop.input()));
        List<Carry> carries = new ArrayList<>();
        for (Loop.State state : loop.states()) {
            stateful.add(state.old());
            done.put(state.old(), maker.leaf(state.old()));
        }
        List<Expr> roots = new ArrayList<>(loop.roots());
        roots.addAll(asides(loop));
        for (Expr each : Graphs.ordered(roots)) {
            if (!done.containsKey(each)) {
                List<Expr> inputs = inputs(each);
                done.put(
                        each,
                        each.op() == Op.LAG && stateful.depends(inputs.get(0))
                                ? delayed(each, inputs.get(0), carries)
                                : rewritten(each, inputs));
            }
        }
        for (Loop.State state : loop.states()) {
            Expr next = whereValid(known(state.next()), state.old());
            carries.add(new Carry(
                    state.slot(), 1, state.old(), maker.fit(next, state.old().shape())));
        }
        Lifter lifter = new Lifter(maker, false, Map.of(loop.input(), sequence), carries, true);
        Expr output = maker.fit(lifter.lift(known(loop.output())), node.shape());
        asides(loop).forEach(aside -> done.put(aside, lifter.lift(known(aside))));
        return whereValid(output, maker.constant(0));
    }

    /** The asides that are computed of what the steps of {@code loop} read. */
    private List<Expr> asides(Loop loop) {
        return asides.stream()
                .filter(aside -> Graphs.ordered(List.of(aside)).contains(loop.input()))
                .toList();
    }

    /** The value of a state-dependent expression some steps ago: it is carried so far. */
    private Expr delayed(Expr lag, Expr value, List<Carry> carries) {
        StateSlot slot = lag.attribute("slot", StateSlot.class);
        Expr old = maker.leaf(Expr.node(Op.STATE, lag.shape(), Map.of("name", slot.name())));
        stateful.add(old);
        carries.add(new Carry(slot, slot.steps(), old, maker.fit(whereValid(value, old), old.shape())));
        return old;
    }

    private Expr rewritten(Expr node, List<Expr> inputs) {
        return switch (node.op()) {
            case INPUT, PARAMETER, STATE -> maker.leaf(node);
            case TRAINING -> maker.constant(training ? 1 : 0);
            case RANDOM ->
                training
                        ? maker.make(node.op(), node.shape(), node.attributes(), inputs)
                        : maker.fit(
                                maker.constant(
                                        node.attribute("draw", Draw.class).mean()),
                                node.shape());
            case ADD -> sum(inputs);
            case BATCH_MEAN -> mean(inputs.get(0));
            case SUM, MAX_OVER -> maker.make(node.op(), node.shape(), node.attributes(), withoutPadding(node, inputs));
            default -> maker.make(node.op(), node.shape(), node.attributes(), inputs);
        };
    }

    /** The operand of a reduction over time or batch, with what changes nothing in the steps past a row's length. */
    private List<Expr> withoutPadding(Expr reduction, List<Expr> inputs) {
        List<?> axes = reduction.attribute("axes", List.class);
        double neutral = reduction.op() == Op.SUM ? 0 : -Float.MAX_VALUE;
        return axes.contains(Axis.TIME) || axes.contains(Axis.BATCH)
                ? List.of(whereValid(inputs.get(0), maker.constant(neutral)))
                : inputs;
    }

    /**
     * The mean over all steps and rows, each as often as it is valid.
     *
     * <p>In a step the operands lack time until they are lifted; the sums over it are those of the lifted ones.
     */
    private Expr mean(Expr x) {
        if (!x.shape().has(Axis.BATCH)) {
            return x;
        }
        Shape rows = Shape.scalar();
        for (Axis axis : List.of(Axis.TIME, Axis.BATCH)) {
            rows = x.shape().has(axis) ? rows.plus(axis, Shape.DYNAMIC) : rows;
        }
        Expr valid = maker.make(Op.VALID, rows, Map.of("name", "valid"), List.of());
        Expr count = Fn.max(overAll(valid), 1);
        return maker.intern(overAll(whereValid(x, maker.constant(0))).div(count));
    }

    private Expr overAll(Expr x) {
        Shape shape = x.shape().minus(Axis.TIME).minus(Axis.BATCH);
        return maker.make(Op.SUM, shape, Map.of("axes", List.of(Axis.TIME, Axis.BATCH)), List.of(x));
    }

    /** Adds what needs no state first, so that it can be added before the loop. */
    private Expr sum(List<Expr> inputs) {
        List<Expr> terms = new ArrayList<>();
        inputs.forEach(input -> flatten(input, terms));
        List<Expr> sorted = new ArrayList<>(
                terms.stream().filter(term -> !stateful.depends(term)).toList());
        terms.stream().filter(stateful::depends).forEach(sorted::add);
        if (terms.stream().noneMatch(stateful::depends)) {
            return maker.intern(inputs.get(0).plus(inputs.get(1)));
        }
        Expr sum = sorted.get(0);
        for (Expr term : sorted.subList(1, sorted.size())) {
            sum = maker.intern(sum.plus(term));
        }
        return sum;
    }

    private static void flatten(Expr node, List<Expr> terms) {
        if (node.op() == Op.ADD) {
            node.inputs().forEach(input -> flatten(input, terms));
        } else {
            terms.add(node);
        }
    }
}
