package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.trace.Loop;
import dev.rondo.core.trace.StateSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** One evaluation of whole sequences: every node once, a scan step by step. */
final class Walk {
    private final Setting setting;
    private final Operations operations;
    private final Map<Expr, NamedArray> known = new IdentityHashMap<>();
    private final Map<String, Ring> before;
    private final Map<String, Ring> after = new HashMap<>();

    /**
     * @param leaves values of the input, of the parameters and of whatever else a caller supplies
     * @param before values of the states and histories, by name
     */
    Walk(Setting setting, Map<Expr, NamedArray> leaves, Map<String, Ring> before) {
        this.setting = setting;
        this.operations = new Operations(setting);
        this.before = before;
        known.putAll(leaves);
    }

    Setting setting() {
        return setting;
    }

    Operations operations() {
        return operations;
    }

    NamedArray of(Expr node) {
        NamedArray value = known.get(node);
        if (value == null) {
            value = evaluate(node);
            known.put(node, value);
        }
        return value;
    }

    /** What a slot held before this piece. */
    Ring before(String slot) {
        Ring ring = before.get(slot);
        if (ring == null) {
            throw new IllegalArgumentException("no state '" + slot + "', there are " + before.keySet());
        }
        return ring;
    }

    /** What a slot holds after this piece; what nothing has changed stays. */
    Ring after(String slot) {
        return after.getOrDefault(slot, before(slot));
    }

    private NamedArray evaluate(Expr node) {
        return switch (node.op()) {
            case CONSTANT, OPTION ->
                NamedArray.scalar(node.attribute("value", Number.class).doubleValue());
            case TRAINING -> NamedArray.scalar(setting.training() ? 1 : 0);
            case INPUT, PARAMETER, STATE -> throw new IllegalArgumentException("nobody gave a value to " + node);
            case INDEX, STAMP, FIRST_STEP, VALID -> clock(node);
            case RANDOM -> random(node, 0);
            case LAG -> lag(node);
            case SCAN -> scan(node);
            case BATCH_MEAN -> mean(node);
            default -> {
                List<NamedArray> operands = new ArrayList<>();
                node.inputs().forEach(input -> operands.add(of(input)));
                yield operations.apply(node, operands);
            }
        };
    }

    private NamedArray clock(Expr node) {
        NamedArray result = operations.zero(node.shape());
        for (int i = 0; i < result.length(); i++) {
            result.value()[i] = clock(node.op(), result.position(Axis.TIME, i), result.position(Axis.BATCH, i));
        }
        return result;
    }

    double clock(Op op, int step, int row) {
        return switch (op) {
            case INDEX -> setting.index(step, row);
            case STAMP -> setting.stamp(step, row);
            case FIRST_STEP -> setting.index(step, row) == 0 ? 1 : 0;
            case VALID -> setting.valid(step, row) ? 1 : 0;
            default -> throw new IllegalArgumentException(op + " is no clock");
        };
    }

    /** Draws for a whole sequence, or for step {@code step} where the node has no time axis. */
    NamedArray random(Expr node, int step) {
        NamedArray result = operations.zero(node.shape());
        boolean perStep = node.attribute("per", Draw.Per.class) == Draw.Per.STEP;
        boolean perRow = node.shape().has(Axis.BATCH);
        for (int i = 0; i < result.length(); i++) {
            int row = result.position(Axis.BATCH, i);
            int at = node.shape().has(Axis.TIME) ? result.position(Axis.TIME, i) : step;
            int unit = 0;
            for (Axis axis : node.shape().axes()) {
                if (!axis.equals(Axis.TIME) && !axis.equals(Axis.BATCH)) {
                    unit = unit * result.size(axis) + result.position(axis, i);
                }
            }
            result.value()[i] = setting.training()
                    ? setting.draws().at(node, perStep ? setting.index(at, row) : 0, perRow ? row : 0, unit)
                    : node.attribute("draw", Draw.class).mean();
        }
        return result;
    }

    private NamedArray lag(Expr node) {
        int steps = node.attribute("steps", Integer.class);
        NamedArray now = of(node.input(0));
        StateSlot slot = node.attributes().get("slot") instanceof StateSlot carried ? carried : null;
        Ring ring = slot == null ? ofThisPiece(now, steps) : before(slot.name());
        NamedArray result = operations.zero(node.shape());
        for (int t = 0; t < setting.steps(); t++) {
            put(result, t, ring.ago(steps));
            ring = ring.pushed(at(now, t), t, setting);
        }
        if (slot != null) {
            after.put(slot.name(), ring);
        }
        return result;
    }

    /** The history of what is not carried from piece to piece: zeros. */
    private Ring ofThisPiece(NamedArray sequence, int steps) {
        int width = sequence.value().length / (setting.steps() * setting.batch());
        double[] zeros = new double[steps * setting.batch() * width];
        return Ring.of(steps, setting.batch(), width, zeros, zeros);
    }

    private NamedArray scan(Expr node) {
        Loop loop = node.attribute("body", Loop.class);
        NamedArray sequence = of(node.input(0));
        known.put(loop.input(), sequence); // for means over all steps
        NamedArray result = operations.zero(node.shape());
        Map<String, Ring> rings = new HashMap<>();
        loop.states()
                .forEach(
                        each -> rings.put(each.slot().name(), before(each.slot().name())));
        for (int t = 0; t < setting.steps(); t++) {
            StepWalk step = new StepWalk(this, loop, t, at(sequence, t), rings);
            put(result, t, step.output());
            rings.putAll(step.after());
        }
        after.putAll(rings);
        return result;
    }

    private NamedArray mean(Expr node) {
        NamedArray x = of(node.input(0));
        int steps = node.input(0).shape().has(Axis.TIME) ? setting.steps() : 1;
        NamedArray sum = operations.zero(node.shape());
        for (int t = 0; t < steps; t++) {
            add(sum, steps == 1 ? x : at(x, t), t);
        }
        return divided(sum, steps);
    }

    /** The mean of a step's value over all steps and rows, which the value's own step does not know. */
    NamedArray mean(Expr node, Loop loop) {
        NamedArray known = this.known.get(node);
        if (known == null) {
            NamedArray sequence = of(loop.input());
            NamedArray sum = operations.zero(node.shape());
            Map<String, Ring> histories = new HashMap<>();
            for (int t = 0; t < setting.steps(); t++) {
                StepWalk step = new StepWalk(this, loop, t, at(sequence, t), histories);
                add(sum, step.of(node.input(0)), t);
                histories.putAll(step.histories());
            }
            known = divided(sum, setting.steps());
            this.known.put(node, known);
        }
        return known;
    }

    /** Adds the rows of a slice that are valid in step {@code step}. */
    private void add(NamedArray sum, NamedArray slice, int step) {
        int[] places = slice.places(sum);
        for (int i = 0; i < places.length; i++) {
            if (setting.valid(step, slice.position(Axis.BATCH, i))) {
                sum.value()[places[i]] += slice.value()[i];
                sum.tangent()[places[i]] += slice.tangent()[i];
            }
        }
    }

    private NamedArray divided(NamedArray sum, int steps) {
        double count = 0;
        for (int length : setting.lengths()) {
            count += Math.min(length, steps);
        }
        for (int i = 0; i < sum.length(); i++) {
            sum.value()[i] /= Math.max(1, count);
            sum.tangent()[i] /= Math.max(1, count);
        }
        return sum;
    }

    /** Step {@code step} of a sequence; zero where the row has ended, whatever stands there. */
    private NamedArray at(NamedArray sequence, int step) {
        NamedArray slice = frame(sequence);
        int[] places = slice.places(sequence);
        int start = step * sequence.stride(Axis.TIME);
        for (int i = 0; i < slice.length(); i++) {
            if (setting.valid(step, slice.position(Axis.BATCH, i))) {
                slice.set(i, sequence, start + places[i]);
            }
        }
        return slice;
    }

    /** Writes step {@code step} of a sequence; past a row's length it stays zero. */
    private void put(NamedArray sequence, int step, NamedArray slice) {
        NamedArray frame = frame(sequence);
        int[] places = frame.places(sequence);
        int[] sources = frame.places(slice);
        int start = step * sequence.stride(Axis.TIME);
        for (int i = 0; i < places.length; i++) {
            if (setting.valid(step, frame.position(Axis.BATCH, i))) {
                sequence.set(start + places[i], slice, sources[i]);
            }
        }
    }

    /** Zeros in the shape of one step of {@code sequence}. */
    private static NamedArray frame(NamedArray sequence) {
        List<Axis> axes = new ArrayList<>(sequence.axes());
        axes.remove(Axis.TIME);
        return NamedArray.zero(axes, axes.stream().mapToInt(sequence::size).toArray());
    }
}
