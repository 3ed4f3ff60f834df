package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.graph.Lowered;
import dev.rondo.core.graph.Recurrence;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.PackedMatrix;
import dev.rondo.core.kernels.Plane;
import dev.rondo.core.trace.StateSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the units of a region into an order and makes instructions of them. */
final class Scheduler {
    /** What all regions of a program share. */
    record Common(
            Kernels kernels,
            int steps,
            int batch,
            ParameterValues parameters,
            Feed feed,
            Planes planes,
            Map<Expr, Region> bodies,
            List<Compiler.Carried> carried,
            List<Compiler.History> histories) {}

    private final Common common;
    private final Planes planes;
    private final boolean loop;
    private final Set<Expr> exported;
    private final List<Sweep.Ordered> instructions = new ArrayList<>();
    private final List<Closing> closing = new ArrayList<>();

    /**
     * A scheduler.
     *
     * @param loop whether the region is the step of a loop, so that its values are those of one step
     * @param exported values of the step that are kept for all steps
     */
    Scheduler(Common common, boolean loop, Set<Expr> exported) {
        this.common = common;
        this.planes = common.planes();
        this.loop = loop;
        this.exported = exported;
    }

    /**
     * Elementwise units first, as long as there are any, then single ones, then products: so products that share their operands
     * meet.
     */
    List<Sweep.Ordered> schedule(Region region) {
        List<Region.Unit> waiting = new ArrayList<>(region.units());
        Set<Expr> pending = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.forEach(unit -> pending.add(unit.root()));
        while (!waiting.isEmpty()) {
            boolean some = strips(waiting, pending) || singles(waiting, pending) || products(waiting, pending);
            if (!some) {
                throw new IllegalStateException("a circle among " + waiting);
            }
        }
        for (Closing each : closing) { // only now is it known where the values are
            Rows copy = Rows.copy(
                    operand(each.value()), 0, each.next(), 0, each.next().width());
            emit(copy, Order.ANY, "copy to a later step");
        }
        return instructions;
    }

    /** A value that is copied to where a later step reads it, as its own plane is elsewhere. */
    private record Closing(Expr value, Plane next) {}

    private void emit(Instruction instruction, Order order, String... text) {
        instructions.add(new Sweep.Ordered(instruction, order, List.of(text)));
    }

    private Order order(Expr node) {
        return loop || node.shape().has(Axis.TIME) ? Order.ANY : Order.ONCE;
    }

    private static boolean ready(Region.Unit unit, Set<Expr> pending) {
        return unit.operands().stream().noneMatch(pending::contains);
    }

    private boolean strips(List<Region.Unit> waiting, Set<Expr> pending) {
        List<Strips.One> ones = new ArrayList<>();
        Expr first = null;
        while (true) {
            Region.Elementwise next = nextStrip(waiting, pending, first);
            if (next == null) {
                break;
            }
            first = next.root();
            List<Plane> operands = new ArrayList<>();
            next.operands().forEach(operand -> operands.add(read(operand)));
            Plane out = place(next);
            ones.add(new Strips.One(next.op(), out, operands, (float) next.s(), (float) next.t()));
            scheduled(next, waiting, pending);
        }
        if (first != null) {
            int stride = ones.get(0).out().rowStride();
            String text = ones.stream().map(one -> one.op().name()).collect(Collectors.joining(" "));
            emit(
                    new Strips(common.kernels(), ones, stride, common.batch()),
                    order(first),
                    "elementwise, " + ones.get(0).out().width() + " wide: " + text.toLowerCase(Locale.ROOT));
        }
        return first != null;
    }

    /** What is read again soon comes first, so that the last reader of a plane is one that may write it. */
    private Region.@Nullable Elementwise nextStrip(List<Region.Unit> waiting, Set<Expr> pending, @Nullable Expr like) {
        Region.Elementwise found = null;
        for (Region.Unit unit : waiting) {
            if (unit instanceof Region.Elementwise strip && ready(unit, pending)) {
                boolean together = like == null
                        || stride(like.shape()) == stride(strip.root().shape()) && order(like) == order(strip.root());
                if (together && !exported.contains(strip.root())) {
                    return strip;
                }
                found = together && found == null ? strip : found;
            }
        }
        return found;
    }

    private static int stride(Shape shape) {
        return shape.has(Axis.FEATURES) ? Plane.padded(shape.size(Axis.FEATURES)) : 1;
    }

    private void scheduled(Region.Unit unit, List<Region.Unit> waiting, Set<Expr> pending) {
        planes.done(unit);
        waiting.remove(unit);
        pending.remove(unit.root());
    }

    private boolean singles(List<Region.Unit> waiting, Set<Expr> pending) {
        for (Region.Unit unit : waiting) {
            if (unit instanceof Region.Single && ready(unit, pending)) {
                single(unit.root());
                scheduled(unit, waiting, pending);
                return true;
            }
        }
        return false;
    }

    private boolean products(List<Region.Unit> waiting, Set<Expr> pending) {
        List<Region.Products> group = new ArrayList<>();
        for (Region.Unit unit : waiting) {
            if (unit instanceof Region.Products products
                    && ready(unit, pending)
                    && (group.isEmpty() || sameFactors(group.get(0), products))) {
                group.add(products);
            }
        }
        if (group.isEmpty()) {
            return false;
        }
        product(group);
        group.forEach(unit -> scheduled(unit, waiting, pending));
        return true;
    }

    private boolean sameFactors(Region.Products a, Region.Products b) {
        if (a.factors().size() != b.factors().size() || order(a.root()) != order(b.root())) {
            return false;
        }
        for (int i = 0; i < a.factors().size(); i++) {
            if (a.factors().get(i) != b.factors().get(i)) {
                return false;
            }
        }
        return true;
    }

    private void product(List<Region.Products> group) {
        List<Expr> factors = group.get(0).factors();
        Plane[] operands = factors.stream().map(this::operand).toArray(Plane[]::new);
        @Nullable Plane[] addends = new Plane[group.size()];
        Plane[] outputs = new Plane[group.size()];
        int[] inputWidths = factors.stream().mapToInt(Expr::width).toArray();
        int[] outputWidths =
                group.stream().mapToInt(unit -> unit.root().width()).toArray();
        PackedMatrix matrix = common.kernels().packed(inputWidths, outputWidths);
        for (int j = 0; j < group.size(); j++) {
            Region.Products unit = group.get(j);
            for (int i = 0; i < factors.size(); i++) {
                common.parameters().pack(matrix, i, j, unit.weights().get(i));
            }
            if (!unit.addends().isEmpty()) {
                Expr addend = unit.addends().get(0);
                addends[j] = Region.bias(addend) ? common.parameters().tile(addend, outputWidths[j], 1) : read(addend);
            }
            outputs[j] = place(unit);
        }
        emit(
                new Product(common.kernels(), matrix, operands, outputs, addends),
                order(group.get(0).root()),
                "product: " + widths(inputWidths) + " -> " + widths(outputWidths));
    }

    private static String widths(int[] widths) {
        return Arrays.stream(widths).mapToObj(Integer::toString).collect(Collectors.joining(" + "));
    }

    /** The plane of a value that is there already. */
    private Plane read(Expr node) {
        return node.shape().has(Axis.BATCH)
                ? planes.get(node)
                : common.parameters().tile(node, 0, 1);
    }

    private Plane operand(Expr node) {
        if (node.shape().has(Axis.BATCH)) {
            return planes.get(node);
        }
        return node.shape().has(Axis.ROWS)
                ? common.parameters().table(node)
                : common.parameters().tile(node, node.shape().has(Axis.FEATURES) ? node.width() : 0, common.batch());
    }

    /** The plane that a unit writes: that of an operand which nobody reads any more, or a new one. */
    private Plane place(Region.Unit unit) {
        Expr root = unit.root();
        if (planes.has(root)) {
            return planes.get(root);
        }
        boolean sequence = root.shape().has(Axis.TIME) || exported.contains(root);
        boolean elementwise = unit instanceof Region.Elementwise;
        List<Expr> candidates = unit instanceof Region.Products sums ? sums.addends() : unit.operands();
        for (Expr operand : candidates) {
            if ((sequence || !elementwise) && !isFactor(operand, unit) && reusable(operand, root)) {
                return planes.put(root, planes.get(operand));
            }
        }
        return planes.put(root, sequence ? planes.sequence(root.shape()) : planes.single(root.shape()));
    }

    /** A product reads the whole row of a factor for each element, so it must not overwrite it on the way. */
    private boolean isFactor(Expr operand, Region.Unit unit) {
        return unit instanceof Region.Products sums
                && sums.factors().stream().anyMatch(factor -> planes.same(factor, operand));
    }

    private boolean reusable(Expr operand, Expr root) {
        if (!operand.shape().has(Axis.BATCH) || !planes.last(operand) || operand.op() == Op.STATE) {
            return false;
        }
        Plane plane = planes.get(operand);
        return plane.stepStride() > 0
                && plane.width() == (root.shape().has(Axis.FEATURES) ? root.width() : 1)
                && plane.rowStride() == stride(root.shape());
    }

    private Plane placeSingle(Expr node) {
        return planes.has(node)
                ? planes.get(node)
                : planes.put(
                        node,
                        node.shape().has(Axis.TIME) || exported.contains(node)
                                ? planes.sequence(node.shape())
                                : planes.single(node.shape()));
    }

    private void single(Expr node) {
        switch (node.op()) {
            case SCAN -> scan(node);
            case RESULT -> planes.get(node);
            case BROADCAST -> broadcast(node);
            default ->
                emit(
                        new Structure(common.kernels(), common.feed(), common.steps(), common.batch())
                                .instruction(node, placeSingle(node), this::operand, this::history),
                        structureOrder(node),
                        node.op().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    private Order structureOrder(Expr node) {
        return switch (node.op()) {
            case LAG -> node.attribute("steps", Integer.class) > 0 ? Order.FORWARD : Order.BACKWARD;
            case REVERSE -> Order.WHOLE;
            case LAST -> Order.WHOLE;
            default -> order(node);
        };
    }

    private float[] history(Expr lag) {
        if (!(lag.attributes().get("slot") instanceof StateSlot slot)) {
            return new float[0];
        }
        Plane source = planes.get(lag.input(0));
        float[] values = new float[slot.steps() * common.batch() * source.rowStride()];
        common.histories().add(new Compiler.History(slot, values, source));
        return values;
    }

    private void broadcast(Expr node) {
        Expr value = node.input(0);
        int width = node.shape().has(Axis.FEATURES) ? node.width() : 0;
        if (!value.shape().has(Axis.BATCH)) {
            planes.put(node, common.parameters().tile(value, width, common.batch()));
            return;
        }
        Plane source = planes.get(value);
        if (value.shape().has(Axis.FEATURES) || width == 0) { // only time is new
            planes.put(node, Planes.constantInTime(source));
            return;
        }
        Plane out = value.shape().has(Axis.TIME) ? planes.sequence(node.shape()) : planes.single(node.shape());
        planes.put(node, out);
        emit(
                (firstStep, count, firstRow, rows) ->
                        common.kernels().expandFeatures(source, out, firstStep, count, firstRow, rows),
                order(value),
                "repeat over " + out.width() + " features");
    }

    private void scan(Expr scan) {
        Recurrence body = Lowered.body(scan);
        Region region = java.util.Objects.requireNonNull(common.bodies().get(scan));
        Set<Expr> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(body.outputs());
        Scheduler step = new Scheduler(common, true, kept);
        Set<Expr> computed = Collections.newSetFromMap(new IdentityHashMap<>());
        computed.addAll(body.nodes());
        for (Recurrence.Carry carry : body.carries()) {
            step.carry(body, carry, computed);
        }
        List<Sweep.Ordered> parts = step.schedule(region);
        Instruction[] each = parts.stream().map(Sweep.Ordered::instruction).toArray(Instruction[]::new);
        List<String> text = new ArrayList<>(List.of("step by step:"));
        parts.forEach(part -> part.text().forEach(line -> text.add("  " + line)));
        emit(
                new TimeLoop(each, body.reversed()),
                body.reversed() ? Order.BACKWARD : Order.FORWARD,
                text.toArray(String[]::new));
    }

    /** A carried value has more steps than the piece: what was before the first, or comes after the last. */
    private void carry(Recurrence body, Recurrence.Carry carry, Set<Expr> computed) {
        int distance = carry.distance();
        Plane whole = planes.carried(carry.old().shape(), distance);
        Plane old = body.reversed() ? Planes.shifted(whole, distance) : whole;
        Plane next = body.reversed() ? whole : Planes.shifted(whole, distance);
        planes.put(carry.old(), old);
        planes.keep(carry.old());
        Expr value = carry.next();
        if (computed.contains(value) && !planes.has(value) && value.op() != Op.BROADCAST) {
            planes.put(value, next);
            planes.keep(value);
        } else {
            closing.add(new Closing(value, next));
        }
        StateSlot slot = carry.slot();
        if (slot != null) {
            common.carried().add(new Compiler.Carried(slot, whole));
        }
    }
}
