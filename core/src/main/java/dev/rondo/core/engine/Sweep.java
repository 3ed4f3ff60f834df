package dev.rondo.core.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Instructions that go over the sequence together, some steps at a time, so that what one writes is still in the cache when the
 * next reads it.
 */
final class Sweep {
    /** Rows and steps that are treated together; their values fit into the cache of a core (measured: 64 to 128 are alike). */
    private static final int BLOCK = 96;

    /**
     * An instruction with the order in which its steps may run.
     *
     * @param text what it does, for people; more lines are the parts of a loop
     */
    record Ordered(Instruction instruction, Order order, List<String> text) {}

    private final Order order;
    private final Instruction[] once;
    private final Instruction[] timed;
    private final List<String> text = new ArrayList<>();

    private Sweep(Order order, List<Ordered> instructions) {
        this.order = order;
        text.add(
                switch (order) {
                    case ANY, FORWARD, ONCE -> "forward, " + BLOCK + " rows at a time";
                    case BACKWARD -> "backward, " + BLOCK + " rows at a time";
                    case WHOLE -> "over whole sequences";
                });
        instructions.forEach(each -> each.text().forEach(line -> text.add("  " + line)));
        once = instructions.stream()
                .filter(each -> each.order() == Order.ONCE)
                .map(Ordered::instruction)
                .toArray(Instruction[]::new);
        timed = instructions.stream()
                .filter(each -> each.order() != Order.ONCE)
                .map(Ordered::instruction)
                .toArray(Instruction[]::new);
    }

    /** Cuts a program into sweeps, each in one direction. */
    static Sweep[] of(List<Ordered> instructions) {
        List<Sweep> sweeps = new ArrayList<>();
        List<Ordered> run = new ArrayList<>();
        Order direction = Order.ANY;
        for (Ordered next : instructions) {
            boolean free = next.order() == Order.ANY || next.order() == Order.ONCE;
            boolean fits = direction != Order.WHOLE
                    && (free || next.order() == direction || direction == Order.ANY && next.order() != Order.WHOLE);
            // what has no steps may depend on a whole sweep before it
            boolean late = next.order() == Order.ONCE && run.stream().anyMatch(each -> each.order() != Order.ONCE);
            if (!run.isEmpty() && (!fits || late)) {
                sweeps.add(new Sweep(direction, run));
                run = new ArrayList<>();
                direction = Order.ANY;
            }
            run.add(next);
            direction = free ? direction : next.order();
        }
        if (!run.isEmpty()) {
            sweeps.add(new Sweep(direction, run));
        }
        return sweeps.toArray(Sweep[]::new);
    }

    /** What it does, a line for each instruction. */
    List<String> text() {
        return List.copyOf(text);
    }

    void run(int steps, int firstRow, int rows) {
        for (Instruction instruction : once) {
            instruction.run(0, 1, firstRow, rows);
        }
        int block = order == Order.WHOLE ? steps : Math.max(1, BLOCK / rows);
        for (int done = 0; done < steps; done += block) {
            int count = Math.min(block, steps - done);
            int first = order == Order.BACKWARD ? steps - done - count : done;
            for (Instruction instruction : timed) {
                instruction.run(first, count, firstRow, rows);
            }
        }
    }
}
