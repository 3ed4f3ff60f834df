package dev.rondo.core.graph;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Loop;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of a model in training, for a fixed number of rows: equations without time over values of fixed shape.
 *
 * <p>The old values of states are leaves, a value of k steps ago is a chain of k states. So are clocks, {@code valid} and random draws
 * ({@link #draws}), which differ from step to step. Past a row's end its states stand still and its output is zero.
 */
public final class StepGraph implements StepCalculus {
    /**
     * A value that the step hands to the next one.
     *
     * @param slot where it is kept between steps
     * @param part which of the slot's steps it is, the oldest first
     * @param old leaf that stands for the value before the step
     * @param next the value after it
     */
    public record Carried(StateSlot slot, int part, Expr old, Expr next) {}

    private final Maker maker = new Maker();
    private final int rows;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();
    private final Set<Expr> draws = new LinkedHashSet<>(); // nodes are equal if they are the same
    private final List<Carried> carries = new ArrayList<>();
    private final Set<String> limiting = new LinkedHashSet<>(); // layers with CLIP_GRADIENT
    private final Expr input;
    private final Expr target;
    private final Expr weights;
    private final Expr output;
    private final Expr loss;
    private final Bundle parameters;
    private final Bundle states;
    private final Bundle nextStates;

    /**
     * A step of {@code model}.
     *
     * @throws UsageException if a layer works on more than one step, or has buffers, which change once for each chunk; it names the
     *     layer
     */
    public StepGraph(TracedModel model, Objective objective, int rows) {
        this.rows = rows;
        input = leaf("x", Shape.vector(model.input().width()));
        done.put(model.input(), whereValid(input, maker.constant(0)));
        for (TracedLayer layer : model.layers()) {
            if (!layer.buffers().isEmpty()) {
                throw refused(layer, "keeps a buffer, which changes once for each chunk");
            }
            all(List.of(layer.output()), layer);
        }
        output = whereValid(known(model.output()), maker.constant(0));
        target = leaf("target", Shape.vector(objective.targets()));
        weights = leaf("weights", Shape.scalar());
        Expr losses = maker.fit(maker.intern(objective.of(output, target)), weights.shape());
        loss = maker.intern(Fn.sum(losses.times(weights)));
        Bundle trained = Bundle.empty();
        for (Parameter each : model.parameters()) {
            trained = trained.put(each.name(), maker.leaf(each.leaf()));
        }
        parameters = trained;
        Set<Expr> moved = moved();
        Bundle before = Bundle.empty();
        Bundle after = Bundle.empty();
        for (Carried carry : carries) {
            if (moved.contains(carry.old())) {
                String name = carry.old().attribute("name", String.class);
                before = before.put(name, carry.old());
                after = after.put(name, carry.next());
            }
        }
        states = before;
        nextStates = after;
    }

    private Expr leaf(String name, Shape shape) {
        Shape each = Shape.scalar().plus(Axis.BATCH, rows);
        for (Axis axis : shape.axes()) {
            each = each.plus(axis, shape.size(axis));
        }
        return maker.leaf(Expr.node(Op.INPUT, each, Map.of("name", name)));
    }

    // ---- the step

    private void all(Collection<Expr> roots, TracedLayer layer) {
        for (Expr node : Graphs.walk(roots, each -> done.containsKey(each) ? List.of() : each.inputs())) {
            if (!done.containsKey(node)) {
                done.put(node, written(node, layer));
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

    private Expr written(Expr node, TracedLayer layer) {
        if (Graphs.looksAhead(node)) {
            boolean sum = node.op() != Op.REVERSE && node.op() != Op.LAST;
            throw refused(layer, sum ? "sums over all steps of a chunk" : "reads later steps");
        }
        Shape shape = inStep(node.shape());
        return switch (node.op()) {
            case SCAN -> scan(Graphs.body(node), known(node.input(0)), layer);
            case LAG -> chain(node.attribute("slot", StateSlot.class), known(node.input(0)));
            case PARAMETER -> maker.leaf(node);
            case CLIP_GRADIENT -> {
                limiting.add(layer.path());
                yield maker.make(node.op(), shape, node.attributes(), List.of(known(node.input(0))));
            }
            case TRAINING -> maker.constant(1);
            case RANDOM -> drawn(maker.leaf(Expr.node(node.op(), shape, node.attributes())));
            case INDEX, STAMP, FIRST_STEP, VALID -> drawn(maker.make(node.op(), shape, node.attributes(), List.of()));
            default ->
                maker.make(
                        node.op(),
                        shape,
                        node.attributes(),
                        node.inputs().stream().map(this::known).toList());
        };
    }

    private static UsageException refused(TracedLayer layer, String reason) {
        return new UsageException(
                "the model cannot be trained step by step (--method): layer " + layer.path() + " " + reason);
    }

    private Shape inStep(Shape traced) {
        Shape shape = traced.minus(Axis.TIME);
        return shape.has(Axis.BATCH) ? shape.with(Axis.BATCH, rows) : shape;
    }

    private Expr drawn(Expr leaf) {
        draws.add(leaf);
        return leaf;
    }

    private Expr scan(Loop loop, Expr x, TracedLayer layer) {
        done.put(loop.input(), x);
        loop.states().forEach(state -> done.put(state.old(), old(state.slot().name(), state.slot())));
        all(loop.roots(), layer);
        for (Loop.State state : loop.states()) {
            carry(state.slot(), 0, known(state.old()), known(state.next()));
        }
        return known(loop.output());
    }

    /** The value of as many steps ago as {@code slot} has. */
    private Expr chain(StateSlot slot, Expr value) {
        Expr newer = value;
        for (int part = slot.steps() - 1; part >= 0; part--) {
            Expr old = old(slot.name() + "[" + part + "]", slot);
            carry(slot, part, old, newer);
            newer = old;
        }
        return newer;
    }

    private Expr old(String name, StateSlot slot) {
        Shape shape = Shape.scalar().plus(Axis.BATCH, rows).plus(Axis.FEATURES, slot.width());
        return maker.leaf(Expr.node(Op.STATE, shape, Map.of("name", name)));
    }

    private void carry(StateSlot slot, int part, Expr old, Expr next) {
        carries.add(new Carried(slot, part, old, whereValid(maker.fit(next, old.shape()), old)));
    }

    private Expr whereValid(Expr value, Expr otherwise) {
        Shape each = Shape.scalar().plus(Axis.BATCH, rows);
        Expr valid = drawn(maker.make(Op.VALID, each, Map.of("name", "valid"), List.of()));
        return maker.intern(Fn.select(valid, value, maker.fit(otherwise, value.shape())));
    }

    /** The old values of carries that some parameter has an effect on, be it through other carries. */
    private Set<Expr> moved() {
        Set<Expr> moved = Collections.newSetFromMap(new IdentityHashMap<>());
        parameters.names().forEach(name -> moved.add(parameters.get(name)));
        List<Expr> nodes = Graphs.ordered(carries.stream().map(Carried::next).toList());
        for (int before = -1; before < moved.size(); ) {
            before = moved.size();
            for (Expr node : nodes) {
                if (node.inputs().stream().anyMatch(moved::contains)) {
                    moved.add(node);
                }
            }
            for (Carried carry : carries) {
                if (moved.contains(carry.next())) {
                    moved.add(carry.old());
                }
            }
        }
        return moved;
    }

    // ---- what there is

    /** Leaf, [batch, features]. */
    public Expr input() {
        return input;
    }

    /** Leaf, [batch, targets]. */
    public Expr target() {
        return target;
    }

    /** Leaf, [batch]: the share of each row in the loss. */
    public Expr weights() {
        return weights;
    }

    /** All values that the step carries, those that no parameter reaches as well. */
    public List<Carried> carries() {
        return List.copyOf(carries);
    }

    /** Leaves that differ from step to step: clocks, {@code valid} and random draws. */
    public Set<Expr> draws() {
        return Collections.unmodifiableSet(draws);
    }

    @Override
    public Bundle parameters() {
        return parameters;
    }

    @Override
    public Bundle states() {
        return states;
    }

    @Override
    public Bundle nextStates() {
        return nextStates;
    }

    @Override
    public Expr output() {
        return output;
    }

    @Override
    public Expr loss() {
        return loss;
    }

    @Override
    public Expr leaf(Expr leaf) {
        return maker.leaf(leaf);
    }

    // ---- derivatives

    @Override
    public Bundle gradient(Expr scalar, Bundle of) {
        return back(Map.of(maker.intern(scalar), maker.constant(1)), of.map(maker::intern));
    }

    /**
     * Forward mode is reverse mode twice: what reverse mode gives is linear in the gradient that it begins with, and the derivative by
     * that gradient, which need have no value, is the tangent.
     */
    @Override
    public Bundle tangent(Bundle result, Bundle of, Bundle direction) {
        Bundle wanted = of.map(maker::intern);
        Bundle begun = result.map(each -> maker.leaf(Expr.node(Op.INPUT, each.shape(), Map.of("name", "begun"))));
        Bundle reverse = back(seeds(result, begun), wanted);
        Bundle along = direction.zip(wanted, (name, change, value) -> maker.fit(maker.intern(change), value.shape()));
        Bundle tangent = back(seeds(reverse, along), begun);
        Set<Expr> read = new HashSet<>(Graphs.ordered(values(tangent)));
        if (values(begun).stream().anyMatch(read::contains)) {
            throw new UsageException("the model has no forward mode, which the training method (--method) needs: "
                    + String.join(" and ", limiting) + " changes gradients on their way back (clipGradient)");
        }
        return tangent;
    }

    /** The gradient to begin with at each value; values that are the same node have one. */
    private Map<Expr, Expr> seeds(Bundle values, Bundle gradients) {
        Map<Expr, Expr> seeds = new LinkedHashMap<>(); // nodes are equal if they are the same
        for (String name : values.names()) {
            seeds.merge(
                    maker.intern(values.get(name)), gradients.get(name), (one, other) -> maker.intern(one.plus(other)));
        }
        return seeds;
    }

    private Bundle back(Map<Expr, Expr> seeds, Bundle of) {
        Differentiation differentiation = new Differentiation(maker, seeds, values(of));
        return of.map(each -> {
            Expr gradient = differentiation.gradient(each);
            return gradient == null ? maker.fit(maker.constant(0), each.shape()) : gradient;
        });
    }

    private static List<Expr> values(Bundle bundle) {
        return bundle.names().stream().map(bundle::get).toList();
    }
}
