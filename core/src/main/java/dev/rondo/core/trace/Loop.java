package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * The step that a {@link dev.rondo.api.expr.Op#SCAN} repeats; the attribute {@code body} of the node.
 *
 * <p>The scan has one operand, the sequence. The step's equations read {@link #input}, the old states, parameters and outer
 * values without time.
 *
 * @param input leaf that stands for the sequence's value in this step, [batch, features]
 * @param output value that becomes the scan's output, [batch, features]
 */
public record Loop(Expr input, List<State> states, Expr output) {
    /**
     * One state of the step.
     *
     * @param slot where it is kept between calls
     * @param old leaf that stands for the old value
     * @param next the new value
     */
    public record State(StateSlot slot, Expr old, Expr next) {}

    public Loop {
        states = List.copyOf(states);
    }

    /** What a step computes: the new states and the output. */
    public List<Expr> roots() {
        List<Expr> roots = new ArrayList<>();
        states.forEach(state -> roots.add(state.next()));
        roots.add(output);
        return roots;
    }
}
