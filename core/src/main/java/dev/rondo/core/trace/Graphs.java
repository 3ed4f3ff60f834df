package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Walks over expression graphs; nodes are told apart by identity. */
public final class Graphs {
    private Graphs() {}

    /** The step of a scan. */
    public static Loop body(Expr scan) {
        return scan.attribute("body", Loop.class);
    }

    /** {@code root} and everything it depends on, operands first; the steps of scans are entered too. */
    public static List<Expr> reachable(Expr root) {
        return reachable(List.of(root));
    }

    /** Everything that {@code roots} depend on, operands first; the steps of scans are entered too. */
    public static List<Expr> reachable(Collection<Expr> roots) {
        return walk(roots, true);
    }

    /** As {@link #reachable(Collection)}, but scans are opaque. */
    public static List<Expr> ordered(Collection<Expr> roots) {
        return walk(roots, false);
    }

    private static List<Expr> walk(Collection<Expr> roots, boolean enterScans) {
        List<Expr> ordered = new ArrayList<>();
        Set<Expr> entered = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Expr> left = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Expr> stack = new ArrayDeque<>();
        List<Expr> reversed = new ArrayList<>(roots);
        Collections.reverse(reversed);
        reversed.forEach(stack::push);
        while (!stack.isEmpty()) { // no recursion: unrolled equations may be thousands of nodes deep
            Expr node = stack.peek();
            if (entered.add(node)) {
                List<Expr> before = before(node, enterScans);
                for (int i = before.size() - 1; i >= 0; i--) {
                    if (!entered.contains(before.get(i))) {
                        stack.push(before.get(i));
                    }
                }
            } else {
                stack.pop();
                if (left.add(node)) {
                    ordered.add(node);
                }
            }
        }
        return ordered;
    }

    private static List<Expr> before(Expr node, boolean enterScans) {
        if (!enterScans || node.op() != Op.SCAN || !(node.attributes().get("body") instanceof Loop loop)) {
            return node.inputs();
        }
        List<Expr> before = new ArrayList<>(node.inputs());
        loop.states().forEach(state -> before.add(state.next()));
        before.add(loop.output());
        return before;
    }

    /** Whether {@code node} reads the old value of a state in the same step. */
    public static boolean dependsOnState(Expr node) {
        return ordered(List.of(node)).stream().anyMatch(each -> each.op() == Op.STATE);
    }
}
