package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.graph.Lowered;
import dev.rondo.core.graph.Recurrence;
import dev.rondo.core.kernels.Plane;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the values of a program are, and how long each is needed.
 *
 * <p>A value is a node; a node that only renames another (the argument of a loop, the result of one) stands for the same value.
 * Values are counted, never planes: several values may use one plane in turn.
 */
final class Planes {
    private final int steps;
    private final int batch;
    private final Map<Expr, Plane> planes = new IdentityHashMap<>();
    private final Map<Expr, Expr> renamed = new IdentityHashMap<>();
    private final Map<Expr, Integer> reads = new IdentityHashMap<>();
    private final Set<Expr> kept = Collections.newSetFromMap(new IdentityHashMap<>());

    Planes(int steps, int batch) {
        this.steps = steps;
        this.batch = batch;
    }

    /** The value that a node stands for. */
    private Expr value(Expr node) {
        Expr value = node;
        while (true) {
            Expr next = value.op() == Op.RESULT
                    ? Lowered.body(value.input(0)).outputs().get(value.attribute("index", Integer.class))
                    : renamed.get(value);
            if (next == null) {
                return value;
            }
            value = next;
        }
    }

    /** The arguments of a loop stand for the values of the scan's operands. */
    void rename(Expr scan) {
        Recurrence body = Lowered.body(scan);
        for (int k = 0; k < body.arguments().size(); k++) {
            renamed.put(body.arguments().get(k), scan.input(k));
        }
    }

    /** Plans the reads of a region's units. */
    void plan(Region region) {
        for (Region.Unit unit : region.units()) {
            if (moves(unit.root().op())) {
                unit.operands().forEach(this::keep);
            } else if (unit.root().op() != Op.SCAN && unit.root().op() != Op.RESULT) {
                distinct(unit.operands()).forEach(each -> reads.merge(each, 1, Integer::sum));
            }
        }
    }

    /** Whether an operation reads its operands at other steps, or gives them another name. */
    private static boolean moves(Op op) {
        return op == Op.LAG || op == Op.REVERSE || op == Op.LAST || op == Op.BROADCAST;
    }

    private Set<Expr> distinct(Collection<Expr> nodes) {
        Set<Expr> values = Collections.newSetFromMap(new IdentityHashMap<>());
        nodes.forEach(node -> values.add(value(node)));
        return values;
    }

    /** The value is needed to the end. */
    void keep(Expr node) {
        kept.add(value(node));
    }

    /** Notes that a unit has been scheduled. */
    void done(Region.Unit unit) {
        if (!moves(unit.root().op())
                && unit.root().op() != Op.SCAN
                && unit.root().op() != Op.RESULT) {
            distinct(unit.operands()).forEach(each -> reads.merge(each, -1, Integer::sum));
        }
    }

    /** Whether a unit that is being scheduled is the last to read {@code operand}. */
    boolean last(Expr operand) {
        Expr value = value(operand);
        return !kept.contains(value) && reads.getOrDefault(value, 0) == 1;
    }

    /** Whether two nodes stand for the same value. */
    boolean same(Expr a, Expr b) {
        return value(a) == value(b);
    }

    boolean has(Expr node) {
        return planes.containsKey(value(node));
    }

    Plane get(Expr node) {
        Plane plane = planes.get(value(node));
        if (plane == null) {
            throw new IllegalStateException("no plane for " + node);
        }
        return plane;
    }

    Plane put(Expr node, Plane plane) {
        planes.put(value(node), plane);
        return plane;
    }

    /** All planes by value, to find inputs and outputs. */
    Map<Expr, Plane> all(List<Expr> nodes) {
        Map<Expr, Plane> found = new HashMap<>();
        nodes.forEach(node -> found.put(node, get(node)));
        return found;
    }

    /** A new plane for a value of this shape in every step. */
    Plane sequence(Shape shape) {
        return allocated(shape, steps, true);
    }

    /** A new plane for a value that arrives {@code distance} steps later: so many more than there are steps. */
    Plane carried(Shape shape, int distance) {
        return allocated(shape, Math.addExact(steps, distance), true);
    }

    /** A new plane for a value of one step, or one that is the same in all steps. */
    Plane single(Shape shape) {
        return allocated(shape, 1, false);
    }

    private Plane allocated(Shape shape, int depth, boolean timed) {
        for (Axis axis : shape.axes()) {
            if (axis != Axis.TIME && axis != Axis.BATCH && axis != Axis.FEATURES) {
                throw new IllegalStateException("the CPU engine has no rows with the axis " + axis + " yet: " + shape);
            }
        }
        int width = shape.has(Axis.FEATURES) ? shape.size(Axis.FEATURES) : 0;
        int stride = width == 0 ? 1 : Plane.padded(width);
        float[] array = new float[Math.multiplyExact(Math.multiplyExact(depth, batch), stride)];
        return new Plane(array, 0, timed ? batch * stride : 0, stride, Math.max(1, width));
    }

    static Plane shifted(Plane plane, int by) {
        return new Plane(
                plane.array(),
                plane.offset() + by * plane.stepStride(),
                plane.stepStride(),
                plane.rowStride(),
                plane.width());
    }

    static Plane constantInTime(Plane plane) {
        return new Plane(plane.array(), plane.offset(), 0, plane.rowStride(), plane.width());
    }
}
