package dev.rondo.core.graph;

import dev.rondo.api.expr.Expr;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.StateSlot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What really has to run step by step: the attribute {@code body} of a {@link dev.rondo.api.expr.Op#SCAN} in a lowered graph.
 *
 * <p>The equations read {@link #arguments} (the values of the scan's operands in this step), the old values of the carries, and
 * outer values without time. The list of outputs grows while gradients are built; the k-th is the value of the
 * {@link dev.rondo.api.expr.Op#RESULT} with index k.
 */
public final class Recurrence {
    /**
     * A value that one step hands to a later one.
     *
     * @param slot where it is kept between calls; absent in gradients, which begin at zero
     * @param distance how many steps later it arrives: 1 for a state, more for what a lag reads
     * @param old leaf that stands for the value that arrives
     * @param next the value that is handed on
     */
    public record Carry(@Nullable StateSlot slot, int distance, Expr old, Expr next) {}

    private final boolean reversed;
    private final List<Expr> arguments;
    private final List<Carry> carries;
    private final Set<Expr> closures;
    private final List<Expr> outputs = new ArrayList<>();

    Recurrence(boolean reversed, List<Expr> arguments, List<Carry> carries, Set<Expr> closures) {
        this.reversed = reversed;
        this.arguments = List.copyOf(arguments);
        this.carries = List.copyOf(carries);
        this.closures = closures;
    }

    /** Whether the steps run from the last to the first. */
    public boolean reversed() {
        return reversed;
    }

    /** Leaves that stand for the values of the scan's operands in the step. */
    public List<Expr> arguments() {
        return arguments;
    }

    public List<Carry> carries() {
        return carries;
    }

    /** Outer values without time that the step reads. */
    public List<Expr> closures() {
        return List.copyOf(closures);
    }

    /** What is computed in a step, operands first. */
    public List<Expr> nodes() {
        Set<Expr> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
        leaves.addAll(arguments);
        leaves.addAll(closures);
        carries.forEach(carry -> leaves.add(carry.old()));
        List<Expr> roots = new ArrayList<>(outputs);
        carries.forEach(carry -> roots.add(carry.next()));
        return Graphs.between(roots, leaves);
    }

    /** Values of the step that are kept as sequences. */
    public List<Expr> outputs() {
        return List.copyOf(outputs);
    }

    /** The index under which {@code value} is kept as a sequence. */
    int export(Expr value) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i) == value) {
                return i;
            }
        }
        outputs.add(value);
        return outputs.size() - 1;
    }
}
