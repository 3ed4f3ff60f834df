package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Walks over expression graphs; nodes are told apart by identity. */
public final class Graphs {
    private Graphs() {}

    /** The step of a scan. */
    public static Loop body(Expr scan) {
        return scan.attribute("body", Loop.class);
    }

    /** {@code root} and everything it depends on, operands first; the steps of scans are entered too. */
    public static List<Expr> reachable(Expr root) {
        return walk(List.of(root), Graphs::operandsAndBody);
    }

    /** {@code root} and everything it depends on short of what {@code before} depends on; the steps of scans are entered too. */
    static List<Expr> reachable(Expr root, Expr before) {
        List<Expr> all = walk(List.of(root), node -> node == before ? List.of() : operandsAndBody(node));
        all.remove(before);
        return all;
    }

    /** Everything that {@code roots} depend on, operands first; scans are opaque. */
    public static List<Expr> ordered(Collection<Expr> roots) {
        return walk(roots, Expr::inputs);
    }

    /** Everything that {@code roots} depend on short of {@code leaves}, operands first. */
    public static List<Expr> between(Collection<Expr> roots, Set<Expr> leaves) {
        List<Expr> all = walk(roots, node -> leaves.contains(node) ? List.of() : node.inputs());
        all.removeIf(leaves::contains);
        return all;
    }

    /** Everything that {@code roots} depend on, operands first, where {@code operands} says what a node depends on. */
    public static List<Expr> walk(Collection<Expr> roots, Function<Expr, List<Expr>> operands) {
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
                List<Expr> before = operands.apply(node);
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

    private static List<Expr> operandsAndBody(Expr node) {
        if (node.op() != Op.SCAN) {
            return node.inputs();
        }
        List<Expr> before = new ArrayList<>(node.inputs());
        before.addAll(body(node).roots());
        return before;
    }

    /**
     * A leaf for the input of a model or of a step.
     *
     * @param classes for each feature the number of its classes, 0 for numbers; empty where all are numbers
     */
    static Expr input(Shape shape, List<Integer> classes) {
        boolean numbers = classes.stream().allMatch(count -> count == 0);
        return Expr.node(Op.INPUT, shape, numbers ? Map.of("name", "x") : Map.of("name", "x", "classes", classes));
    }

    /** For each feature the number of its classes; empty where nothing is known of them. */
    static List<Integer> classes(Expr x) {
        if (x.op() == Op.SLICE) {
            List<Integer> all = classes(x.input(0));
            int from = x.attribute("from", Integer.class);
            return all.isEmpty() ? all : all.subList(from, from + x.width());
        }
        List<Integer> classes = new ArrayList<>();
        if (x.op() == Op.INPUT && x.attributes().get("classes") instanceof List<?> known) {
            known.forEach(each -> classes.add((Integer) each));
        }
        return classes;
    }

    /**
     * Whether something in {@code model} computes with the number of a class of its input, instead of looking it up in a table or
     * asking which one it is.
     */
    public static boolean computesWithClasses(TracedModel model) {
        for (Expr node : reachable(model.output())) {
            for (int i = 0; i < node.inputs().size(); i++) {
                boolean ofClasses = classes(node.input(i)).stream().anyMatch(count -> count > 0);
                boolean asked = switch (node.op()) {
                    case GATHER -> i == 1;
                    case SUM -> node.input(i).width() == 1; // as oneHot takes the number out of its axis
                    case SLICE, SCAN -> true;
                    default -> false;
                };
                if (ofClasses && !asked) {
                    return true;
                }
            }
        }
        return classes(model.output()).stream().anyMatch(count -> count > 0);
    }

    /**
     * {@code root} and everything that its value depends on in evaluation: what {@code select(training(), …, …)} takes in training
     * alone is left out.
     */
    public static List<Expr> evaluated(Expr root) {
        return walk(
                List.of(root),
                node -> node.op() == Op.SELECT && node.input(0).op() == Op.TRAINING
                        ? List.of(node.input(2))
                        : operandsAndBody(node));
    }

    /**
     * Checks that reductions over the batch leave nothing that differs from step to step.
     *
     * @param step whether the equations are those of one step, which is over before the next one of another row
     * @throws ExpressionException if one does
     */
    static void checkRows(Collection<Expr> roots, boolean step) {
        for (Expr node : ordered(roots)) {
            boolean sum = node.op() == Op.SUM;
            if ((sum || node.op() == Op.MAX_OVER)
                    && node.attribute("axes", List.class).contains(Axis.BATCH)) {
                if (step) {
                    throw new ExpressionException(
                            sum ? "sum" : "max", "a step sees each row by itself; over all rows there is batchMean");
                }
                if (!sum || node.shape().has(Axis.TIME)) {
                    throw new ExpressionException(
                            sum ? "sum" : "max",
                            "over the batch there are sums and means only, and they go over time as well");
                }
            }
        }
    }

    /** Whether the value of {@code node} at one step depends on later steps of its operands, or on other rows. */
    public static boolean looksAhead(Expr node) {
        return switch (node.op()) {
            case REVERSE, LAST, BATCH_MEAN -> true;
            case SUM, MAX_OVER -> node.attribute("axes", List.class).contains(Axis.TIME);
            default -> false;
        };
    }

    /** Whether {@code node} reads the old value of a state in the same step. */
    public static boolean dependsOnState(Expr node) {
        return ordered(List.of(node)).stream().anyMatch(each -> each.op() == Op.STATE);
    }
}
