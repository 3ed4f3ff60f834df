package dev.rondo.core.arrays;

import dev.rondo.core.kernels.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts tasks in an order in which elementwise work of one length comes together. */
final class Schedule {
    private final Kernels kernels;
    private final Set<Value> outputs;
    private final List<float[]> strips = new ArrayList<>();
    /** How many tasks, over the whole program, have yet to be placed that read a value. */
    private final Map<Value, Integer> readers = new HashMap<>();

    Schedule(Kernels kernels, List<Task> tasks, Set<Value> outputs) {
        this.kernels = kernels;
        this.outputs = outputs;
        for (Task task : tasks) {
            for (Value read : new HashSet<>(task.reads())) {
                readers.merge(read, 1, Integer::sum);
            }
        }
    }

    /**
     * The instructions for {@code tasks}, each of which comes behind those that it reads.
     *
     * @param done values that are there already; those of the tasks are added
     */
    List<Instruction> order(List<Task> tasks, Set<Value> done) {
        List<Instruction> instructions = new ArrayList<>();
        List<Task> pending = new ArrayList<>(tasks);
        Set<Value> missing = new HashSet<>();
        tasks.forEach(task -> missing.add(task.writes()));
        missing.removeAll(done);
        while (!pending.isEmpty()) {
            int before = pending.size();
            for (Iterator<Task> each = pending.iterator(); each.hasNext(); ) {
                Task task = each.next();
                if (task.alone() != null && ready(task, missing)) {
                    task.writes().allocate();
                    instructions.add(task.alone());
                    place(task, missing);
                    each.remove();
                }
            }
            List<Task> group = nextGroup(pending, missing);
            if (!group.isEmpty()) {
                instructions.add(strips(group));
            }
            if (pending.size() == before) {
                throw new IllegalStateException("equations of a program depend on each other in a circle");
            }
        }
        tasks.forEach(task -> done.add(task.writes()));
        return instructions;
    }

    private List<Task> nextGroup(List<Task> pending, Set<Value> missing) {
        List<Task> group = new ArrayList<>();
        for (Iterator<Task> each = pending.iterator(); each.hasNext(); ) {
            Task task = each.next();
            boolean fits = task.micro() != null
                    && (group.isEmpty()
                            || group.get(0).writes().length() == task.writes().length());
            if (fits && ready(task, missing)) {
                group.add(task);
                place(task, missing);
                each.remove();
            }
        }
        return group;
    }

    private Instruction strips(List<Task> group) {
        Map<Value, Integer> within = new HashMap<>();
        List<Micro> micros = new ArrayList<>();
        for (Task task : group) {
            for (Value read : new HashSet<>(task.reads())) {
                within.merge(read, 1, Integer::sum);
            }
            if (task.micro() != null) {
                micros.add(task.micro());
            }
        }
        Set<Value> inner = new HashSet<>();
        for (Micro micro : micros) {
            Value out = micro.out();
            boolean readElsewhere = !readers.getOrDefault(out, 0).equals(within.getOrDefault(out, 0));
            if (!readElsewhere && !outputs.contains(out)) {
                inner.add(out);
            }
        }
        return new StripGroup(kernels, micros, inner, strips);
    }

    private static boolean ready(Task task, Set<Value> missing) {
        for (Value read : task.reads()) {
            if (missing.contains(read)) {
                return false;
            }
        }
        return true;
    }

    private static void place(Task task, Set<Value> missing) {
        missing.remove(task.writes());
    }
}
