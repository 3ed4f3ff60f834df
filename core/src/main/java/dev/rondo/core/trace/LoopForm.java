package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What happens to the states of a layer from one step to the next, and so how fast it can be: products of inputs are made for all
 * steps at once, products of states step by step.
 */
public enum LoopForm {
    NONE("none, as no state is carried from step to step"),
    ELEMENTWISE("elementwise, without a product of the state"),
    MIXING("without a product of the state, but its units meet"),
    PRODUCT("with products of the state");

    private final String words;

    LoopForm(String words) {
        this.words = words;
    }

    /** The form of a layer's loop; of several loops the slowest. */
    public static LoopForm of(TracedLayer layer) {
        LoopForm form = NONE;
        for (Expr node : Graphs.reachable(layer.output(), layer.input())) {
            if (node.op() == Op.SCAN) {
                LoopForm other = of(Graphs.body(node));
                form = other.compareTo(form) > 0 ? other : form;
            }
        }
        return form;
    }

    /** Looks at what new states are made of; what is made of states for the output alone need not wait in the loop. */
    private static LoopForm of(Loop loop) {
        List<Expr> nexts = new ArrayList<>();
        Set<Expr> carried = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Loop.State state : loop.states()) {
            nexts.add(state.next());
            carried.add(state.old());
        }
        LoopForm form = carried.isEmpty() ? NONE : ELEMENTWISE;
        for (Expr node : Graphs.ordered(nexts)) {
            if (node.inputs().stream().anyMatch(carried::contains)) {
                carried.add(node);
                LoopForm other = of(node);
                form = other.compareTo(form) > 0 ? other : form;
            }
        }
        return form;
    }

    /** What a node does to what it reads of the state. */
    private static LoopForm of(Expr node) {
        return switch (node.op()) {
            case MATMUL, OUTER -> PRODUCT;
            case SUM, MAX_OVER -> node.attribute("axes", List.class).contains(Axis.FEATURES) ? MIXING : ELEMENTWISE;
            case SLICE, CONCAT, TRANSPOSE, GATHER, SCATTER -> MIXING;
            default -> ELEMENTWISE;
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
