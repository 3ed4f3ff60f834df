package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.graph.Lowered;
import dev.rondo.core.graph.ModelGraph;
import dev.rondo.core.graph.Recurrence;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.PackedMatrix;
import dev.rondo.core.kernels.Plane;
import dev.rondo.core.trace.StateSlot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles a model's graph for pieces of one size. */
final class Compiler {
    /** Where a carried state is put before a run and found after it. */
    record Carried(StateSlot slot, int part, Plane before, Plane after) {}

    /** Where the history of a lag is put before a run, and the values that become the next one. */
    record History(StateSlot slot, float[] values, Plane source) {}

    private final Kernels kernels;
    private final ModelGraph graph;
    private final int steps;
    private final int batch;
    private final ParameterValues parameters;
    private final Feed feed;
    private final Map<Expr, Plane> planes = new IdentityHashMap<>();
    private final List<Carried> carried = new ArrayList<>();
    private final List<History> histories = new ArrayList<>();

    Compiler(Kernels kernels, ModelGraph graph, int steps, int batch) {
        this.kernels = kernels;
        this.graph = graph;
        this.steps = steps;
        this.batch = batch;
        parameters = new ParameterValues(kernels, graph.model().parameters());
        feed = new Feed(steps, batch);
    }

    Program compile() {
        ModelGraph.Training training = graph.training();
        Reductions reductions = training == null
                ? null
                : new Reductions(kernels, training.gradients(), graph.model().parameters());
        List<Expr> wanted = new ArrayList<>(List.of(graph.output()));
        if (training != null && reductions != null) {
            wanted.add(training.loss());
            wanted.addAll(reductions.reads());
            planes.put(training.target(), allocated(training.target().shape(), steps));
            planes.put(training.weights(), allocated(training.weights().shape(), steps));
        }
        planes.put(graph.input(), allocated(graph.input().shape(), steps));
        List<Expr> nodes = Lowered.ordered(wanted).stream()
                .filter(node -> !planes.containsKey(node))
                .filter(node -> node.op() == Op.SCAN || node.shape().has(Axis.BATCH))
                .toList();
        Instruction[] instructions = new Scheduler(false).schedule(new Region(nodes, wanted));
        if (reductions != null) {
            reductions.compile(this::read, steps, batch);
        }
        return new Program(
                graph,
                steps,
                batch,
                parameters,
                feed,
                instructions,
                reductions,
                Map.copyOf(planes),
                carried,
                histories);
    }

    private Plane allocated(Shape shape, int depth) {
        int width = shape.has(Axis.FEATURES) ? shape.size(Axis.FEATURES) : 0;
        for (Axis axis : shape.axes()) {
            if (axis != Axis.TIME && axis != Axis.BATCH && axis != Axis.FEATURES) {
                throw new IllegalStateException("the CPU engine has no rows with the axis " + axis + " yet: " + shape);
            }
        }
        int stride = width == 0 ? 1 : Plane.padded(width);
        int stepStride = depth > 1 || shape.has(Axis.TIME) ? batch * stride : 0;
        return new Plane(
                new float[Math.multiplyExact(depth * batch, stride)], 0, stepStride, stride, Math.max(1, width));
    }

    /** The plane of a value that is there already. */
    private Plane read(Expr node) {
        Plane plane = planes.get(node);
        if (plane != null) {
            return plane;
        }
        if (!node.shape().has(Axis.BATCH)) {
            return parameters.tile(node, 0, 1);
        }
        throw new IllegalStateException("no plane for " + node);
    }

    private static Plane shifted(Plane plane, int by) {
        return new Plane(
                plane.array(),
                plane.offset() + by * plane.stepStride(),
                plane.stepStride(),
                plane.rowStride(),
                plane.width());
    }

    private static Plane constantInTime(Plane plane) {
        return new Plane(plane.array(), plane.offset(), 0, plane.rowStride(), plane.width());
    }

    /** Puts the units of a region into an order and makes instructions of them. */
    private final class Scheduler {
        private final boolean loop;
        private final List<Instruction> instructions = new ArrayList<>();

        Scheduler(boolean loop) {
            this.loop = loop;
        }

        /**
         * Elementwise units first, as long as there are any, then single ones, then products: so products that share their
         * operands meet.
         */
        Instruction[] schedule(Region region) {
            List<Region.Unit> waiting = new ArrayList<>(region.units());
            Set<Expr> pending = Collections.newSetFromMap(new IdentityHashMap<>());
            waiting.forEach(unit -> pending.add(unit.root()));
            while (!waiting.isEmpty()) {
                boolean some = strips(waiting, pending) || singles(waiting, pending) || products(waiting, pending);
                if (!some) {
                    throw new IllegalStateException("a circle among " + waiting);
                }
            }
            return instructions.toArray(Instruction[]::new);
        }

        private boolean ready(Region.Unit unit, Set<Expr> pending) {
            return unit.operands().stream().noneMatch(pending::contains);
        }

        private boolean strips(List<Region.Unit> waiting, Set<Expr> pending) {
            List<Strips.One> ones = new ArrayList<>();
            int stride = 0;
            boolean timed = true;
            for (int i = 0; i < waiting.size(); i++) {
                if (!(waiting.get(i) instanceof Region.Elementwise unit) || !ready(unit, pending)) {
                    continue;
                }
                Plane out = place(unit.root());
                boolean hasTime = unit.root().shape().has(Axis.TIME);
                if (!ones.isEmpty() && (out.rowStride() != stride || hasTime != timed)) {
                    continue;
                }
                stride = out.rowStride();
                timed = hasTime;
                List<Plane> operands = new ArrayList<>();
                unit.operands().forEach(operand -> operands.add(read(operand)));
                ones.add(new Strips.One(unit.op(), out, operands, (float) unit.s(), (float) unit.t()));
                pending.remove(unit.root());
                waiting.remove(i--);
                i = -1; // what waited for it may be ready now, and its strip is still in the cache
            }
            if (!ones.isEmpty()) {
                emit(new Strips(kernels, ones, stride, batch), timed);
            }
            return !ones.isEmpty();
        }

        private void emit(Instruction instruction, boolean timed) {
            instructions.add(
                    loop || timed
                            ? instruction
                            : (firstStep, count, firstRow, rows) -> instruction.run(0, 1, firstRow, rows));
        }

        private boolean singles(List<Region.Unit> waiting, Set<Expr> pending) {
            for (int i = 0; i < waiting.size(); i++) {
                if (waiting.get(i) instanceof Region.Single unit && ready(unit, pending)) {
                    single(unit.root());
                    pending.remove(unit.root());
                    waiting.remove(i);
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
            waiting.removeAll(group);
            group.forEach(unit -> pending.remove(unit.root()));
            return true;
        }

        private static boolean sameFactors(Region.Products a, Region.Products b) {
            if (a.factors().size() != b.factors().size()
                    || a.root().shape().has(Axis.TIME) != b.root().shape().has(Axis.TIME)) {
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
            Plane[] operands = factors.stream().map(this::factor).toArray(Plane[]::new);
            Plane[] outputs = group.stream().map(unit -> place(unit.root())).toArray(Plane[]::new);
            @Nullable Plane[] addends = new Plane[group.size()];
            int[] inputWidths = factors.stream().mapToInt(Expr::width).toArray();
            int[] outputWidths =
                    group.stream().mapToInt(unit -> unit.root().width()).toArray();
            PackedMatrix matrix = kernels.packed(inputWidths, outputWidths);
            for (int j = 0; j < group.size(); j++) {
                Region.Products unit = group.get(j);
                for (int i = 0; i < factors.size(); i++) {
                    parameters.pack(matrix, i, j, unit.weights().get(i));
                }
                if (!unit.addends().isEmpty()) {
                    Expr addend = unit.addends().get(0);
                    addends[j] = Region.bias(addend) ? parameters.tile(addend, outputWidths[j], 1) : read(addend);
                }
            }
            emit(
                    new Product(kernels, matrix, operands, outputs, addends),
                    group.get(0).root().shape().has(Axis.TIME));
        }

        private Plane factor(Expr factor) {
            return factor.shape().has(Axis.BATCH) ? read(factor) : parameters.tile(factor, factor.width(), batch);
        }

        /** The plane that a unit writes. */
        private Plane place(Expr node) {
            return planes.computeIfAbsent(
                    node, any -> allocated(node.shape(), node.shape().has(Axis.TIME) ? steps : 1));
        }

        private void single(Expr node) {
            switch (node.op()) {
                case SCAN -> scan(node);
                case RESULT ->
                    planes.put(
                            node,
                            read(Lowered.body(node.input(0)).outputs().get(node.attribute("index", Integer.class))));
                case BROADCAST -> broadcast(node);
                default ->
                    emit(
                            new Structure(kernels, feed, steps, batch)
                                    .instruction(node, place(node), this::operand, this::lag),
                            node.shape().has(Axis.TIME));
            }
        }

        private Plane operand(Expr node) {
            if (node.shape().has(Axis.BATCH)) {
                return read(node);
            }
            return node.shape().has(Axis.ROWS)
                    ? parameters.table(node)
                    : parameters.tile(node, node.shape().has(Axis.FEATURES) ? node.width() : 0, batch);
        }

        private float[] lag(Expr lag) {
            Object slot = lag.attributes().get("slot");
            if (!(slot instanceof StateSlot known)) {
                return new float[0];
            }
            Plane source = read(lag.input(0));
            float[] values = new float[known.steps() * batch * source.rowStride()];
            histories.add(new History(known, values, source));
            return values;
        }

        private void broadcast(Expr node) {
            Expr value = node.input(0);
            int width = node.shape().has(Axis.FEATURES) ? node.width() : 0;
            if (!value.shape().has(Axis.BATCH)) {
                planes.put(node, parameters.tile(value, width, batch));
                return;
            }
            Plane source = read(value);
            if (value.shape().has(Axis.FEATURES) || width == 0) { // only time is new
                planes.put(node, constantInTime(source));
                return;
            }
            Plane out = value.shape().has(Axis.TIME) || loop ? place(node) : constantInTime(allocated(node.shape(), 1));
            planes.put(node, out);
            emit(
                    (firstStep, count, firstRow, rows) ->
                            kernels.expandFeatures(source, out, firstStep, count, firstRow, rows),
                    value.shape().has(Axis.TIME));
        }

        private void scan(Expr scan) {
            Recurrence body = Lowered.body(scan);
            for (int k = 0; k < body.arguments().size(); k++) {
                planes.put(body.arguments().get(k), read(scan.input(k)));
            }
            List<Expr> nodes = body.nodes();
            Set<Expr> computed = Collections.newSetFromMap(new IdentityHashMap<>());
            computed.addAll(nodes);
            List<Expr> wanted = new ArrayList<>();
            List<Instruction> copies = new ArrayList<>();
            for (Recurrence.Carry carry : body.carries()) {
                carry(body, carry, computed, wanted, copies);
            }
            for (Expr output : body.outputs()) {
                if (!planes.containsKey(output)) {
                    planes.put(output, allocated(timed(output.shape()), steps));
                }
                if (computed.contains(output) && !wanted.contains(output)) {
                    wanted.add(output);
                }
            }
            List<Instruction> step = new ArrayList<>(List.of(new Scheduler(true).schedule(new Region(nodes, wanted))));
            step.addAll(copies);
            instructions.add(new TimeLoop(step.toArray(Instruction[]::new), body.reversed()));
        }

        /** A carried value has one more step than the piece: what was before the first, or comes after the last. */
        private void carry(
                Recurrence body,
                Recurrence.Carry carry,
                Set<Expr> computed,
                List<Expr> wanted,
                List<Instruction> copies) {
            Plane whole = allocated(timed(carry.old().shape()), steps + 1);
            Plane old = body.reversed() ? shifted(whole, 1) : whole;
            Plane next = body.reversed() ? whole : shifted(whole, 1);
            planes.put(carry.old(), old);
            Expr value = carry.next();
            if (computed.contains(value) && !planes.containsKey(value) && value.op() != Op.BROADCAST) {
                planes.put(value, next);
                wanted.add(value);
            } else {
                if (computed.contains(value)) {
                    wanted.add(value);
                }
                copies.add((firstStep, count, firstRow, rows) ->
                        Rows.copy(operand(value), 0, next, 0, next.width()).run(firstStep, count, firstRow, rows));
            }
            StateSlot slot = carry.slot();
            if (slot != null) {
                carried.add(new Carried(slot, carry.part(), old, shifted(next, steps - 1)));
            }
        }

        private static Shape timed(Shape shape) {
            Shape timed = Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC);
            for (Axis axis : shape.axes()) {
                timed = timed.plus(axis, shape.size(axis));
            }
            return timed;
        }
    }
}
