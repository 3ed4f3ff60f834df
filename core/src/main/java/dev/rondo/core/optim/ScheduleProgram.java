package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.ScheduleScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Printer;
import dev.rondo.core.trace.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schedule compiled, with the numbers that it keeps; for one thread at a time. */
public final class ScheduleProgram {
    /**
     * When a factor is asked for.
     *
     * @param count updates so far
     * @param planned updates in all
     * @param done share of the planned passes that is done
     * @param validation the last loss that was checked
     * @param checked how often one was
     */
    public record Moment(long count, long planned, double done, double validation, long checked) {}

    private final Trace trace;
    private final List<String> names;
    private final ArrayProgram program;
    private final double[] kept;

    private ScheduleProgram(Kernels kernels, Configured<Schedule> schedule) {
        trace = new Trace(schedule);
        List<Expr> outputs = new ArrayList<>(List.of(trace.factor()));
        names = List.copyOf(trace.first.keySet());
        names.forEach(name -> outputs.add(trace.nexts.getOrDefault(name, trace.leaf(name))));
        program = ArrayProgram.compile(kernels, outputs);
        kept = names.stream().mapToDouble(trace.first::get).toArray();
    }

    /**
     * The program of {@code schedule}.
     *
     * @throws UsageException if its equations are wrong; the message names it and the line
     */
    public static ScheduleProgram create(Kernels kernels, Configured<Schedule> schedule) {
        return new ScheduleProgram(kernels, schedule);
    }

    /**
     * The rule as people read it, a line for each equation: {@code k'} is the new value of what it keeps as {@code k}, which is 0 at
     * first unless a line says otherwise.
     */
    public static List<String> equations(Configured<Schedule> schedule) {
        Trace trace = new Trace(schedule);
        Expr factor = trace.factor();
        Map<Expr, String> leaves = new LinkedHashMap<>();
        trace.leaves.forEach((name, leaf) -> leaves.put(leaf, name));
        Map<String, Expr> results = new LinkedHashMap<>();
        trace.nexts.forEach((name, next) -> results.put(name + "'", next));
        results.put("multiplier", factor);
        List<String> lines = new ArrayList<>();
        trace.first.forEach((name, first) -> {
            if (first != 0) {
                Printer.equations(Map.of(), Map.of(name, Expr.of(first)))
                        .forEach(line -> lines.add(line + "   at first"));
            }
        });
        lines.addAll(Printer.equations(leaves, results));
        return lines;
    }

    /** What the learning rate is multiplied by at {@code moment}; keeps nothing. */
    public double factor(Moment moment) {
        run(moment);
        return program.number(0);
    }

    /** Keeps what the schedule carries over the update at {@code moment}. */
    public void advance(Moment moment) {
        run(moment);
        for (int i = 0; i < kept.length; i++) {
            kept[i] = program.number(1 + i);
        }
    }

    private void run(Moment moment) {
        program.bind(trace.count, (double) moment.count());
        program.bind(trace.planned, (double) Math.max(1, moment.planned()));
        program.bind(trace.done, moment.done());
        program.bind(trace.validation, moment.validation());
        program.bind(trace.checked, (double) moment.checked());
        for (int i = 0; i < kept.length; i++) {
            program.bind(trace.leaf(names.get(i)), kept[i]);
        }
        program.run();
    }

    /** The kept numbers by name. */
    public Map<String, Double> state() {
        Map<String, Double> state = new LinkedHashMap<>();
        for (int i = 0; i < kept.length; i++) {
            state.put(names.get(i), kept[i]);
        }
        return state;
    }

    /**
     * Goes on from {@code state}.
     *
     * @throws IllegalArgumentException if it is another schedule's
     */
    public void restore(Map<String, Double> state) {
        if (!state.keySet().equals(trace.first.keySet())) {
            throw new IllegalArgumentException("the schedule keeps " + names + ", not " + state.keySet());
        }
        state.forEach((name, value) -> kept[names.indexOf(name)] = value);
    }

    /** Runs a schedule's method once and keeps what it says. */
    private static final class Trace implements Settings, ScheduleScope {
        private final Configured<Schedule> schedule;
        private final Map<String, Double> first = new LinkedHashMap<>();
        private final Map<String, Expr> leaves = new LinkedHashMap<>();
        private final Map<String, Expr> nexts = new LinkedHashMap<>();
        private final Expr count = number(Op.INPUT, "count");
        private final Expr planned = number(Op.INPUT, "planned");
        private final Expr done = number(Op.INPUT, "done");
        private final Expr validation = number(Op.INPUT, "validation");
        private final Expr checked = number(Op.INPUT, "checked");

        Trace(Configured<Schedule> schedule) {
            this.schedule = schedule;
        }

        Expr factor() {
            return asked(() -> scalar("factor", schedule.plugin().factor(this)));
        }

        Expr leaf(String name) {
            return java.util.Objects.requireNonNull(leaves.get(name));
        }

        private static Expr number(Op op, String name) {
            return Expr.node(op, Shape.scalar(), Map.of("name", name));
        }

        private static Expr scalar(String operation, Expr value) {
            if (!value.shape().axes().isEmpty()) {
                throw new ExpressionException(operation, "a schedule gives a number, not " + value.shape());
            }
            return value;
        }

        @Override
        public Expr count() {
            return count;
        }

        @Override
        public Expr planned() {
            return planned;
        }

        @Override
        public Expr done() {
            return done;
        }

        @Override
        public Expr validation() {
            return validation;
        }

        @Override
        public Expr checked() {
            return checked;
        }

        @Override
        public Expr shared(String name, double initial) {
            Double before = first.putIfAbsent(name, initial);
            if (before != null && Double.compare(before, initial) != 0) {
                throw new ExpressionException(
                        "shared", "'" + name + "' begins with " + before + " and with " + initial);
            }
            return leaves.computeIfAbsent(name, any -> number(Op.STATE, name));
        }

        @Override
        public Expr next(String name, Expr value) {
            if (!leaves.containsKey(name)) {
                throw new ExpressionException("next", "there is no shared number '" + name + "'");
            }
            if (nexts.putIfAbsent(name, scalar("next", value)) != null) {
                throw new ExpressionException("next", "a second next value for '" + name + "'");
            }
            return value;
        }

        @Override
        public Configured<?> use() {
            return schedule;
        }
    }
}
