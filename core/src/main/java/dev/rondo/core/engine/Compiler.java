package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.graph.Lowered;
import dev.rondo.core.graph.ModelGraph;
import dev.rondo.core.graph.Recurrence;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.Plane;
import dev.rondo.core.trace.StateSlot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a model's graph for pieces of one size. */
final class Compiler {
    /** Where a carried state is put before a run and found after it. */
    record Carried(StateSlot slot, int part, Plane before, Plane after) {}

    /** Where the history of a lag is put before a run, and the values that become the next one. */
    record History(StateSlot slot, float[] values, Plane source) {}

    private Compiler() {}

    static Program compile(Kernels kernels, ModelGraph graph, int steps, int batch) {
        ModelGraph.Training training = graph.training();
        WeightDraws draws = new WeightDraws();
        Reductions reductions = training == null
                ? null
                : new Reductions(kernels, training.gradients(), graph.model().parameters(), draws);
        Planes planes = new Planes(steps, batch);
        List<Expr> ends = new ArrayList<>(List.of(graph.input(), graph.output()));
        List<Expr> wanted = new ArrayList<>(List.of(graph.output()));
        planes.put(graph.input(), planes.sequence(graph.input().shape()));
        if (training != null && reductions != null) {
            wanted.add(training.loss());
            wanted.addAll(reductions.reads());
            ends.addAll(List.of(training.loss(), training.target(), training.weights()));
            planes.put(training.target(), planes.sequence(training.target().shape()));
            planes.put(training.weights(), planes.sequence(training.weights().shape()));
        }
        List<Expr> nodes = Lowered.ordered(wanted).stream()
                .filter(node -> !planes.has(node))
                .filter(node -> node.op() == Op.SCAN || node.shape().has(Axis.BATCH))
                .toList();
        Region outer = new Region(nodes, wanted);
        Map<Expr, Region> bodies = bodies(outer, planes);
        planes.plan(outer);
        bodies.values().forEach(planes::plan);
        ends.forEach(planes::keep);
        wanted.forEach(planes::keep);

        ParameterValues parameters = new ParameterValues(kernels, graph.model().parameters(), draws);
        Feed feed = new Feed(steps, batch);
        Scheduler.Common common = new Scheduler.Common(
                kernels, steps, batch, parameters, feed, planes, bodies, new ArrayList<>(), new ArrayList<>());
        Sweep[] sweeps = Sweep.of(new Scheduler(common, false, Set.of()).schedule(outer));
        if (reductions != null) {
            reductions.compile(planes::get, steps, batch);
        }
        return new Program(
                graph,
                steps,
                batch,
                parameters,
                feed,
                sweeps,
                reductions,
                planes.all(ends),
                common.carried(),
                common.histories());
    }

    /** What the steps of the loops compute. */
    private static Map<Expr, Region> bodies(Region outer, Planes planes) {
        Map<Expr, Region> bodies = new IdentityHashMap<>();
        for (Region.Unit unit : outer.units()) {
            if (unit.root().op() == Op.SCAN) {
                Recurrence body = Lowered.body(unit.root());
                planes.rename(unit.root());
                Set<Expr> computed = Collections.newSetFromMap(new IdentityHashMap<>());
                computed.addAll(body.nodes());
                List<Expr> wanted = new ArrayList<>();
                body.carries().forEach(carry -> wanted.add(carry.next()));
                wanted.addAll(body.outputs());
                wanted.removeIf(node -> !computed.contains(node));
                bodies.put(unit.root(), new Region(body.nodes(), wanted));
            }
        }
        return bodies;
    }
}
