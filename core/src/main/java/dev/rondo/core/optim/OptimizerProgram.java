package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.LearningRate;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An optimiser compiled for the parameters of a model, with its states; for one thread at a time.
 *
 * <p>What reads a total over all parameters comes behind all that contribute to it, because a total is an expression like any
 * other; constraints of parameters are applied to the updated value. All new values are computed from the old ones.
 */
public final class OptimizerProgram {
    private final List<OptimizerTracer> traces = new ArrayList<>();
    private final Shared shared = new Shared();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> changing = new ArrayList<>();
    private final double learningRate;
    private final ArrayProgram first;
    private final ArrayProgram update;
    private final @Nullable ArrayProgram point;
    private final boolean pointReadsLoss;
    private boolean started;
    private long count;

    private OptimizerProgram(Kernels kernels, Configured<Optimizer> optimizer, List<Parameter> parameters) {
        learningRate = LearningRate.option(optimizer.plugin().describe())
                .map(optimizer::value)
                .orElse(1.0);
        List<Expr> points = new ArrayList<>();
        List<Expr> updates = new ArrayList<>();
        for (Parameter parameter : parameters) {
            OptimizerTracer trace = new OptimizerTracer(optimizer, parameter, shared);
            traces.add(trace);
            points.add(trace.traceGradientPoint());
            updates.add(trace.traceUpdate());
        }
        checkShared(optimizer.name());
        collectSlots();
        first = ArrayProgram.compile(
                kernels, slots.stream().map(slot -> slot.initial).toList());
        update = ArrayProgram.compile(kernels, outputs(optimizer.name(), parameters, updates));
        boolean moved = false;
        for (int i = 0; i < points.size(); i++) {
            moved |= points.get(i) != traces.get(i).parameter;
        }
        point = moved
                ? ArrayProgram.compile(
                        kernels, points.stream().map(Equations::computed).toList())
                : null;
        pointReadsLoss = moved && Graphs.ordered(points).contains(shared.loss);
    }

    /**
     * The program of {@code optimizer} for {@code parameters}.
     *
     * @throws UsageException if the optimiser's equations are wrong; the message names it, the parameter and the line
     */
    public static OptimizerProgram create(
            Kernels kernels, Configured<Optimizer> optimizer, List<Parameter> parameters) {
        return new OptimizerProgram(kernels, optimizer, parameters);
    }

    /**
     * {@code optimizer} with another learning rate: the one of its descriptor, or an option {@code lr} of its own.
     *
     * @throws UsageException if it has none
     */
    public static Configured<Optimizer> withLearningRate(Configured<Optimizer> optimizer, double rate) {
        Descriptor descriptor = optimizer.plugin().describe();
        Option<?> option = Stream.concat(LearningRate.option(descriptor).stream(), descriptor.options().stream())
                .filter(each -> each.key().equals(LearningRate.KEY))
                .findFirst()
                .orElseThrow(() -> new UsageException(optimizer.name() + " has no learning rate: leave --lr out"));
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new UsageException("a learning rate is a number from 0 on, got " + rate);
        }
        Map<Option<?>, Object> options = new HashMap<>(optimizer.options());
        if (option.defaultValue().equals(rate)) {
            options.remove(option); // as if it had been read so
        } else {
            options.put(option, rate);
        }
        return new Configured<>(
                optimizer.plugin(), optimizer.size(), options, optimizer.wrapped(), optimizer.argument());
    }

    /** Steps so far. */
    public long count() {
        return count;
    }

    /** Whether the gradient is to be taken elsewhere than at the parameters. */
    public boolean hasGradientPoint() {
        return point != null;
    }

    /** Whether {@link #gradientPoint} needs the loss at the parameters. */
    public boolean gradientPointReadsLoss() {
        return pointReadsLoss;
    }

    /**
     * Where the gradient of the next step is to be taken.
     *
     * @param loss at the parameters; anything if {@link #gradientPointReadsLoss} is false
     * @param factor of the schedule for the learning rate
     * @param out overwritten
     */
    public void gradientPoint(float[][] parameters, double loss, double factor, float[][] out) {
        start(parameters);
        ArrayProgram program = point;
        if (program == null) {
            for (int i = 0; i < out.length; i++) {
                System.arraycopy(parameters[i], 0, out[i], 0, out[i].length);
            }
            return;
        }
        bind(program, parameters, count + 1, loss, factor);
        program.run();
        for (int i = 0; i < out.length; i++) {
            program.copy(i, out[i]);
        }
    }

    /**
     * Changes the parameters by their gradients.
     *
     * @param parameters overwritten
     * @param gradients at the gradient point, after clipping
     * @param loss at the parameters if {@link #gradientPointReadsLoss}, else at the gradient point
     * @param factor of the schedule for the learning rate, 1 without one
     */
    public void step(float[][] parameters, float[][] gradients, double loss, double factor) {
        start(parameters);
        count++;
        bind(update, parameters, count, loss, factor);
        for (int i = 0; i < gradients.length; i++) {
            update.bind(traces.get(i).gradient, gradients[i]);
        }
        update.run();
        for (int i = 0; i < parameters.length; i++) {
            update.copy(i, parameters[i]);
        }
        store(update, parameters.length, changing);
    }

    /** What the optimiser keeps, copied; without arrays and numbers before the first step. */
    public OptimizerState state() {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Slot slot : started ? slots : List.<Slot>of()) {
            float[] array = slot.array;
            if (array == null) {
                numbers.put(slot.name, slot.number);
            } else {
                arrays.put(slot.name, array.clone());
            }
        }
        return new OptimizerState(count, arrays, numbers);
    }

    /**
     * Goes on from {@code state}.
     *
     * @throws IllegalArgumentException if it is another optimiser's or another model's
     */
    public void restore(OptimizerState state) {
        started = !state.arrays().isEmpty() || !state.numbers().isEmpty() || state.count() > 0;
        count = state.count();
        Set<String> names = new TreeSet<>(state.arrays().keySet()); // so that a message names the same one every time
        names.addAll(state.numbers().keySet());
        slots.forEach(slot -> names.remove(slot.name));
        if (!names.isEmpty()) {
            throw new IllegalArgumentException(
                    "the optimiser has no state '" + names.iterator().next() + "'");
        }
        for (Slot slot : started ? slots : List.<Slot>of()) {
            float[] array = slot.array;
            float[] values = state.arrays().get(slot.name);
            Double number = state.numbers().get(slot.name);
            if (array != null && values != null && values.length == array.length) {
                System.arraycopy(values, 0, array, 0, array.length);
            } else if (array == null && number != null) {
                slot.number = number;
            } else {
                throw new IllegalArgumentException(
                        "the state of the optimiser lacks '" + slot.name + "' or has another size of it");
            }
        }
    }

    /** Gives the states their first values from the parameters as training begins. */
    private void start(float[][] parameters) {
        if (parameters.length != traces.size()) {
            throw new IllegalArgumentException(
                    "the optimiser has " + traces.size() + " parameters, got " + parameters.length);
        }
        if (started) {
            return;
        }
        started = true;
        bind(first, parameters, 0, 0, 1);
        first.run();
        store(first, 0, slots);
    }

    /** By index, as walking over a list takes an iterator. */
    private void bind(ArrayProgram program, float[][] parameters, long step, double loss, double factor) {
        program.bind(shared.learningRate, learningRate * factor);
        program.bind(shared.count, (double) step);
        program.bind(shared.loss, loss);
        for (int i = 0; i < parameters.length; i++) {
            program.bind(traces.get(i).parameter, parameters[i]);
        }
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            float[] array = slot.array;
            if (array == null) {
                program.bind(slot.leaf, slot.number);
            } else {
                program.bind(slot.leaf, array);
            }
        }
    }

    private static void store(ArrayProgram program, int from, List<Slot> slots) {
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            float[] array = slot.array;
            if (array == null) {
                slot.number = program.number(from + i);
            } else {
                program.copy(from + i, array);
            }
        }
    }

    private void checkShared(String name) {
        Set<Expr> common = new HashSet<>(Set.of(shared.learningRate, shared.count, shared.loss));
        shared.slots.values().forEach(slot -> common.add(slot.leaf));
        shared.totals.values().forEach(total -> common.add(total.leaf()));
        shared.slots.forEach((key, slot) -> {
            Expr next = slot.next;
            if (next == null) {
                throw new UsageException(name + ": no next value for the shared number '" + key + "'");
            }
            for (Expr node : Graphs.ordered(List.of(next))) {
                if ((node.op() == Op.INPUT || node.op() == Op.STATE) && !common.contains(node)) {
                    throw new UsageException(name + ": the shared number '" + key + "' reads " + node
                            + ", which belongs to one parameter: use total(…)");
                }
            }
        });
    }

    private void collectSlots() {
        for (OptimizerTracer trace : traces) {
            Slot initial = trace.initial;
            if (initial != null) {
                slots.add(initial);
            }
            slots.addAll(trace.slots.values());
        }
        slots.addAll(shared.slots.values());
        slots.stream().filter(slot -> slot.next != null).forEach(changing::add);
    }

    /** The new parameters, then the new values of the slots, with totals put in their places. */
    private List<Expr> outputs(String name, List<Parameter> parameters, List<Expr> updates) {
        Totals totals = new Totals(name, shared);
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            Expr update = totals.resolve(updates.get(i));
            Expr constraint = parameters.get(i).constraint();
            if (constraint != null) {
                Map<Expr, Expr> leaf = new IdentityHashMap<>();
                leaf.put(parameters.get(i).leaf(), update);
                update = new Equations(leaf).substitute(constraint);
            }
            outputs.add(Equations.computed(update));
        }
        for (Slot slot : changing) {
            Expr next = slot.next;
            if (next != null) {
                outputs.add(Equations.computed(totals.resolve(next)));
            }
        }
        return outputs;
    }
}
