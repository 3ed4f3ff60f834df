package dev.rondo.core.engine;

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
import java.util.Objects;
import java.util.Set;

/** Compiles a model's graph for pieces of one size. */
final class Compiler {
    /**
     * Where a carried value is.
     *
     * @param plane first what was there before the run, as many steps as the slot has, then what each step hands on; what follows the
     *     last step of a row is what comes after it
     */
    record Carried(StateSlot slot, Plane plane) {}

    /** Where the history of a lag is put before a run, and the values that become the next one. */
    record History(StateSlot slot, float[] values, Plane source) {}

    private Compiler() {}

    static Program compile(Kernels kernels, ModelGraph graph, int steps, int batch) {
        ModelGraph.Training training = graph.training();
        List<Expr> leaves = graph.leaves();
        List<Expr> ends = new ArrayList<>(List.of(graph.input(), graph.output()));
        List<Expr> wanted = new ArrayList<>(List.of(graph.output()));
        List<Expr> results = new ArrayList<>();
        Planes planes = new Planes(steps, batch);
        planes.put(graph.input(), planes.sequence(graph.input().shape()));
        if (training != null) {
            wanted.add(training.loss());
            training.results().stream().filter(Objects::nonNull).forEach(results::add);
            ends.addAll(List.of(training.loss(), training.target(), training.weights()));
            if (training.byInput() != null) {
                wanted.add(training.byInput());
                ends.add(training.byInput());
            }
            planes.put(training.target(), planes.sequence(training.target().shape()));
            planes.put(training.weights(), planes.sequence(training.weights().shape()));
        }
        Stages stages = new Stages();
        results.addAll(wanted);
        List<Expr> sums = Lowered.ordered(results).stream().filter(Stages::sums).toList();
        Reductions reductions = new Reductions(kernels, stages, sums);
        wanted.addAll(reductions.reads());
        List<Region> regions = regions(stages, wanted, planes);
        Map<Expr, Region> bodies = new IdentityHashMap<>();
        regions.forEach(region -> bodies.putAll(bodies(region, planes)));
        regions.forEach(planes::plan);
        bodies.values().forEach(planes::plan);
        ends.forEach(planes::keep);
        wanted.forEach(planes::keep);

        WeightDraws draws = new WeightDraws();
        ParameterValues parameters =
                new ParameterValues(kernels, leaves, draws, stages, regions.size(), reductions.values());
        Feed feed = new Feed(steps, batch);
        Scheduler.Common common = new Scheduler.Common(
                kernels, steps, batch, parameters, feed, planes, bodies, new ArrayList<>(), new ArrayList<>());
        List<Sweep[]> sweeps = new ArrayList<>();
        for (Region region : regions) {
            sweeps.add(Sweep.of(new Scheduler(common, false, Set.of()).schedule(region)));
        }
        reductions.compile(planes::get, steps, batch);
        return new Program(
                graph,
                steps,
                batch,
                parameters,
                feed,
                sweeps,
                reductions,
                training == null
                        ? null
                        : new Results(kernels, training.results(), leaves, reductions, draws, regions.size() == 1),
                planes.all(ends),
                common.carried(),
                common.histories());
    }

    /** What the rows of each stage compute: what is wanted of it, and what the stages behind it read. */
    private static List<Region> regions(Stages stages, List<Expr> wanted, Planes planes) {
        List<Expr> demanded = new ArrayList<>(wanted);
        int last = wanted.stream().mapToInt(stages::of).max().orElse(0);
        List<Region> regions = new ArrayList<>();
        for (int stage = last; stage >= 0; stage--) {
            int now = stage;
            List<Expr> here =
                    demanded.stream().filter(node -> stages.of(node) == now).toList();
            List<Expr> nodes = Lowered.ordered(here).stream()
                    .filter(node -> !planes.has(node) && Stages.rows(node) && stages.of(node) == now)
                    .toList();
            Region region = new Region(nodes, here);
            for (Region.Unit unit : region.units()) {
                unit.operands().stream().filter(Stages::rows).forEach(demanded::add);
            }
            regions.add(0, region);
        }
        return regions;
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
