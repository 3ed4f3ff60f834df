package dev.rondo.core.method;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomDraws;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.graph.StepGraph;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.optim.Equations;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model that is trained step by step, and the method that says how: one program for a step of all rows, with the states of the model
 * and the memory of the method; for one thread at a time.
 */
public final class StepProgram {
    /** A value that a run leaves behind for the next one. */
    private record Cell(float[] values, int output) {}

    private final List<StateSlot> slots;
    private final int rows;
    private final StepGraph graph;
    private final ArrayProgram program;
    private final List<Expr> parameters;
    private final List<Cell> states = new ArrayList<>();
    private final Map<String, Cell> memory = new LinkedHashMap<>();
    private final Map<Expr, float[]> draws = new LinkedHashMap<>();
    private final float[] input;
    private final float[] target;
    private final float[] weights;
    private final int output;
    private final long[] seen;
    private final double[] origins;

    private StepProgram(
            Kernels kernels, Configured<TrainingMethod> method, TracedModel model, StepGraph graph, int rows) {
        this.graph = graph;
        this.rows = rows;
        slots = model.states();
        MethodTracer trace = new MethodTracer(method, graph);
        Bundle gradients = trace.update();
        List<Expr> all = new ArrayList<>();
        gradients.names().forEach(name -> all.add(gradients.get(name)));
        all.add(graph.loss());
        output = all.size();
        all.add(graph.output());
        for (StepGraph.Carried carry : graph.carries()) {
            states.add(new Cell(new float[carry.old().shape().length()], all.size()));
            all.add(carry.next());
        }
        for (MethodTracer.Kept kept : trace.kept()) {
            memory.put(kept.name(), new Cell(new float[kept.old().shape().length()], all.size()));
            all.add(Equations.computed(kept.next()));
        }
        program = ArrayProgram.compile(kernels, all);
        parameters = model.parameters().stream().map(each -> each.leaf()).toList();
        input = bound(graph.input());
        target = bound(graph.target());
        weights = bound(graph.weights());
        graph.draws().forEach(leaf -> draws.put(leaf, bound(leaf)));
        trace.draws().forEach(leaf -> draws.put(leaf, bound(leaf)));
        for (int i = 0; i < states.size(); i++) {
            program.bind(graph.carries().get(i).old(), states.get(i).values());
        }
        for (MethodTracer.Kept kept : trace.kept()) {
            program.bind(kept.old(), cell(kept.name()).values());
        }
        seen = new long[rows];
        origins = new double[rows];
    }

    private float[] bound(Expr leaf) {
        float[] values = new float[leaf.shape().length()];
        program.bind(leaf, values);
        return values;
    }

    private Cell cell(String name) {
        return Objects.requireNonNull(memory.get(name));
    }

    /**
     * The program of {@code method} for {@code model}.
     *
     * @param rows that are treated at once
     * @throws UsageException if the model cannot be trained step by step, or the method's equations are wrong
     */
    public static StepProgram create(
            Kernels kernels, Configured<TrainingMethod> method, TracedModel model, Objective objective, int rows) {
        if (!objective.penalties().isEmpty()) {
            throw new UsageException(
                    method.name() + " takes the gradient of the loss alone: leave penalties (--reg) out");
        }
        return new StepProgram(kernels, method, model, new StepGraph(model, objective, rows), rows);
    }

    /** Goes on from {@code state}. */
    public void begin(ModelState state) {
        for (int i = 0; i < states.size(); i++) {
            StepGraph.Carried carry = graph.carries().get(i);
            float[] values = states.get(i).values();
            float[] all = state.values(slots.indexOf(carry.slot()));
            System.arraycopy(all, carry.part() * values.length, values, 0, values.length);
        }
        System.arraycopy(state.seen(), 0, seen, 0, rows);
        System.arraycopy(state.origins(), 0, origins, 0, rows);
    }

    /** The state of the model before the next step. */
    public ModelState state() {
        float[][] values = new float[slots.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[rows * slots.get(i).length()];
        }
        for (int i = 0; i < states.size(); i++) {
            StepGraph.Carried carry = graph.carries().get(i);
            float[] part = states.get(i).values();
            System.arraycopy(part, 0, values[slots.indexOf(carry.slot())], carry.part() * part.length, part.length);
        }
        return ModelState.of(slots, rows, values, seen, origins);
    }

    /** Forgets what the method keeps, as at the start of a stream. */
    public void forget() {
        memory.values().forEach(cell -> Arrays.fill(cell.values(), 0));
    }

    /**
     * Computes one step, and leaves it to {@link #advance} to go on from there.
     *
     * @param values of the parameters, in the order of the model's
     * @param piece of which it is step {@code t}
     * @param targets of the piece, [time, batch, targets]
     * @param shares of each row in the loss, [batch]
     * @param gradients overwritten with what the method answers
     * @return the loss
     */
    public double run(
            float[][] values,
            Sequences piece,
            int t,
            float[] targets,
            float[] shares,
            RandomKey key,
            float[][] gradients) {
        for (int i = 0; i < parameters.size(); i++) {
            program.bind(parameters.get(i), values[i]);
        }
        System.arraycopy(piece.values(), t * input.length, input, 0, input.length);
        System.arraycopy(targets, t * target.length, target, 0, target.length);
        System.arraycopy(shares, 0, weights, 0, rows);
        begin(piece, t);
        draws.forEach((leaf, into) -> draw(leaf, key, piece, t, into));
        program.run();
        for (int i = 0; i < parameters.size(); i++) {
            program.copy(i, gradients[i]);
        }
        return program.number(parameters.size());
    }

    /** Makes the state and the memory after the step that was run those before the next one. */
    public void advance(Sequences piece, int t) {
        states.forEach(this::keep);
        memory.values().forEach(this::keep);
        for (int row = 0; row < rows; row++) {
            seen[row] += valid(piece, t, row) ? 1 : 0;
        }
    }

    private void keep(Cell cell) {
        program.copy(cell.output(), cell.values());
    }

    /** Number of features of the output. */
    public int outputs() {
        return graph.output().width();
    }

    /** Copies the output of the step that was run to place {@code t} of [time, batch, features]. */
    public void output(float[] all, int t) {
        float[] step = program.array(output);
        System.arraycopy(step, 0, all, t * step.length, step.length);
    }

    private static boolean valid(Sequences piece, int t, int row) {
        int[] lengths = piece.lengths();
        return lengths == null || t < lengths[row];
    }

    /** Lets the clocks of rows that begin here start. */
    private void begin(Sequences piece, int t) {
        double[] stamps = piece.stamps();
        for (int row = 0; row < rows && stamps != null; row++) {
            if (seen[row] == 0 && valid(piece, t, row)) {
                origins[row] = stamps[t * rows + row];
            }
        }
    }

    private void draw(Expr leaf, RandomKey key, Sequences piece, int t, float[] into) {
        if (leaf.op() == Op.RANDOM && !leaf.shape().has(Axis.BATCH)) {
            RandomDraws.fill(leaf, key, Arrays.stream(seen).max().orElse(0), 0, into, 0, into.length);
            return;
        }
        double[] stamps = piece.stamps();
        int width = into.length / rows;
        for (int row = 0; row < rows; row++) {
            switch (leaf.op()) {
                case INDEX -> into[row] = seen[row];
                case STAMP -> into[row] = (float) (stamps == null ? seen[row] : stamps[t * rows + row] - origins[row]);
                case FIRST_STEP -> into[row] = seen[row] == 0 ? 1 : 0;
                case VALID -> into[row] = valid(piece, t, row) ? 1 : 0;
                default -> RandomDraws.fill(leaf, key, seen[row], row, into, row * width, width);
            }
        }
    }

    /** A copy of what the method keeps, by name. */
    public Map<String, float[]> memory() {
        Map<String, float[]> copy = new LinkedHashMap<>();
        memory.forEach((name, cell) -> copy.put(name, cell.values().clone()));
        return copy;
    }

    /**
     * Goes on from what {@link #memory} gave.
     *
     * @throws IllegalArgumentException if it is another method's or another model's
     */
    public void restore(Map<String, float[]> values) {
        if (!values.keySet().equals(memory.keySet())) {
            throw new IllegalArgumentException("the method keeps " + memory.keySet() + ", not " + values.keySet());
        }
        memory.forEach((name, cell) -> {
            float[] saved = Objects.requireNonNull(values.get(name));
            if (saved.length != cell.values().length) {
                throw new IllegalArgumentException(
                        "'" + name + "' has " + cell.values().length + " values, not " + saved.length);
            }
            System.arraycopy(saved, 0, cell.values(), 0, saved.length);
        });
    }
}
