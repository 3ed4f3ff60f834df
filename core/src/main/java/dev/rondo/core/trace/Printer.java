package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes traced equations as people read them, before any optimisation.
 *
 * <p>{@code ·} is a product with a matrix, {@code ⊙} one element by element, {@code h'} the new value of the state {@code h}. A
 * value that is read more than once has a line of its own.
 */
public final class Printer {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int ATOM = 3;

    private static final String ATOMIC = "[\\w'./]+";

    private final String path;
    private final List<String> lines = new ArrayList<>();
    private final Map<Expr, String> names = new IdentityHashMap<>();
    private final Map<Expr, Integer> uses = new IdentityHashMap<>();
    private final Map<Expr, String> nextNames = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private int unnamed;

    private Printer(String path) {
        this.path = path + "/";
    }

    /** The equations of a layer, a line each; the same for the same equations, in every run. */
    public static List<String> equations(TracedLayer layer) {
        Printer printer = new Printer(layer.path());
        printer.names.put(layer.input(), "x");
        printer.taken.add("x");
        printer.print(layer);
        return List.copyOf(printer.lines);
    }

    /**
     * Equations that belong to no layer, a line each.
     *
     * @param leaves what the values that they read are called
     * @param results what they give, by name and in order; where one reads another it says the name
     */
    public static List<String> equations(Map<Expr, String> leaves, Map<String, Expr> results) {
        Printer printer = new Printer("");
        leaves.forEach((leaf, name) -> printer.names.put(leaf, printer.free(name)));
        results.forEach((name, result) -> {
            printer.taken.add(name);
            if (!result.inputs().isEmpty()) {
                printer.nextNames.putIfAbsent(result, name);
            }
        });
        printer.count(List.copyOf(results.values()));
        results.forEach((name, result) -> {
            String text = printer.expression(result, 0);
            if (!text.equals(name)) {
                printer.lines.add(name + " = " + text);
            }
        });
        return List.copyOf(printer.lines);
    }

    private void print(TracedLayer layer) {
        List<Expr> roots = new ArrayList<>(List.of(layer.output()));
        layer.parameters().stream()
                .map(Parameter::constraint)
                .filter(Objects::nonNull)
                .forEach(roots::add);
        layer.buffers().forEach(buffer -> roots.add(buffer.update()));
        count(roots);
        String output = expression(layer.output(), 0);
        if (!output.equals("y")) {
            lines.add((taken.contains("y") ? "output = " : "y = ") + output);
        }
        for (Parameter parameter : layer.parameters()) {
            Expr constraint = parameter.constraint();
            if (constraint != null) {
                after(parameter.name(), constraint, "update");
            }
        }
        layer.buffers().forEach(buffer -> after(buffer.name(), buffer.update(), "chunk of training"));
    }

    private void after(String name, Expr value, String when) {
        lines.add(local(name) + " ← " + expression(value, 0) + "   after each " + when);
    }

    private void count(List<Expr> roots) {
        List<Expr> nodes = Graphs.walk(roots, node -> names.containsKey(node) ? List.of() : node.inputs());
        for (Expr node : nodes) {
            if (!names.containsKey(node)) {
                node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
            }
        }
    }

    private String expression(Expr node, int around) {
        String name = names.get(node);
        if (name != null) {
            return name;
        }
        if (node.op() == Op.SCAN) {
            return scan(node);
        }
        String state = nextNames.get(node);
        if (state != null) {
            lines.add(state + " = " + written(node, 0));
            names.put(node, state);
            return state;
        }
        boolean labelled = node.attributes().containsKey("label");
        boolean shared = uses.getOrDefault(node, 0) > 1 && !node.inputs().isEmpty();
        if (labelled || shared) {
            String text = written(node, 0);
            if (!labelled && text.matches(ATOMIC)) {
                names.put(node, text); // a repetition along axes, say, is called what it repeats
                return text;
            }
            String chosen = free(labelled ? node.attribute("label", String.class) : "v" + ++unnamed);
            names.put(node, chosen);
            lines.add(chosen + " = " + text);
            return chosen;
        }
        return written(node, around);
    }

    private String free(String wished) {
        String name = wished;
        for (int i = 2; !taken.add(name); i++) {
            name = wished + "_" + i;
        }
        return name;
    }

    private String scan(Expr scan) {
        Loop loop = Graphs.body(scan);
        String sequence = expression(scan.input(0), ATOM);
        String input = sequence;
        if (!sequence.equals("x")) {
            input = free("x");
            lines.add("for each step of " + sequence + ", called " + input + ":");
        }
        names.put(loop.input(), input);
        List<Expr> roots = new ArrayList<>();
        for (Loop.State state : loop.states()) {
            names.put(state.old(), free(local(state.slot().name())));
            roots.add(state.next());
            if (!state.next().inputs().isEmpty()) {
                nextNames.putIfAbsent(state.next(), names.get(state.old()) + "'");
            }
        }
        roots.add(loop.output());
        count(roots);
        for (Loop.State state : loop.states()) {
            String name = names.get(state.old()) + "'";
            String text = expression(state.next(), 0);
            if (!text.equals(name)) {
                lines.add(name + " = " + text);
            }
        }
        String output = expression(loop.output(), 0);
        boolean single = output.matches(ATOMIC);
        String name = single ? output : free("y");
        if (!single) {
            lines.add(name + " = " + output);
        }
        names.put(scan, name);
        return name;
    }

    private String local(String name) {
        return name.startsWith(path) ? name.substring(path.length()) : name;
    }

    private String written(Expr node, int around) {
        return switch (node.op()) {
            case CONSTANT -> number(node.attribute("value", Double.class));
            case PARAMETER -> local(node.attribute("name", String.class));
            case INPUT, STATE, OPTION, TRAINING, INDEX, STAMP, FIRST_STEP, VALID ->
                node.attribute("name", String.class);
            case RANDOM -> random(node);
            case POSITION -> "index(" + node.attribute("axis", Axis.class) + ")";
            case IDENTITY -> "I";
            case ADD -> infix(node, " + ", SUM, SUM, around);
            case SUBTRACT -> infix(node, " − ", SUM, PRODUCT, around);
            case MULTIPLY -> infix(node, elementwise(node) ? " ⊙ " : "·", PRODUCT, PRODUCT, around);
            case MATMUL -> infix(node, "·", ATOM, ATOM, around);
            case DIVIDE -> infix(node, " / ", PRODUCT, ATOM, around);
            case NEGATE -> wrapped("−" + expression(node.input(0), PRODUCT), SUM, around);
            case ONE_MINUS -> wrapped("1 − " + expression(node.input(0), PRODUCT), SUM, around);
            case SQUARE -> expression(node.input(0), ATOM) + "²";
            case TRANSPOSE -> expression(node.input(0), ATOM) + "ᵀ";
            case SIGMOID -> call("σ", node);
            case LESS ->
                wrapped(
                        expression(node.input(0), SUM) + " < " + expression(node.input(1), SUM),
                        0,
                        around == 0 ? 0 : 1);
            case POWER -> expression(node.input(0), ATOM) + "^" + expression(node.input(1), ATOM);
            case BROADCAST -> expression(node.input(0), around);
            case CLAMP ->
                "clamp(" + expression(node.input(0), 0) + ", " + number(node.attribute("low", Double.class)) + ", "
                        + number(node.attribute("high", Double.class)) + ")";
            case SLICE ->
                expression(node.input(0), ATOM) + "[" + node.attribute("from", Integer.class) + ":"
                        + node.attribute("to", Integer.class) + "]";
            case LAG -> expression(node.input(0), ATOM) + "[t−" + node.attribute("steps", Integer.class) + "]";
            case SUM -> reduction("sum", node);
            case MAX_OVER -> reduction("max", node);
            case MAXIMUM -> call("max", node);
            case CLIP_GRADIENT ->
                "clip_gradient(" + expression(node.input(0), 0) + ", " + number(node.attribute("bound", Double.class))
                        + ")";
            case MINIMUM -> call("min", node);
            case SELECT -> {
                Expr squared = squared(node);
                yield squared == null ? call("select", node) : "sqrt(" + expression(squared, 0) + ")";
            }
            default -> call(node.op().name().toLowerCase(Locale.ROOT), node);
        };
    }

    /** Of a root with derivative 0 at 0, as {@link dev.rondo.api.expr.Fn#norm} has one, what it is the root of. */
    private static @Nullable Expr squared(Expr select) {
        Expr zero = select.input(0);
        Expr root = select.input(2);
        boolean guarded = zero.op() == Op.LESS
                && root.op() == Op.SQRT
                && root.input(0).op() == Op.SELECT
                && root.input(0).input(0) == zero
                && root.input(0).input(2) == zero.input(0);
        return guarded ? zero.input(0) : null;
    }

    private static boolean elementwise(Expr product) {
        Shape shape = product.input(0).shape();
        return product.inputs().stream().allMatch(each -> each.shape().has(Axis.FEATURES))
                || !shape.axes().isEmpty() && shape.equals(product.input(1).shape());
    }

    private String random(Expr node) {
        Draw draw = node.attribute("draw", Draw.class);
        String kind = draw.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return kind + (draw.kind() == Draw.Kind.BERNOULLI ? "(" + number(draw.parameter()) + ")" : "") + "#"
                + node.attribute("ordinal", Integer.class);
    }

    private String infix(Expr node, String sign, int left, int right, int around) {
        int own = Math.min(left, PRODUCT);
        return wrapped(expression(node.input(0), left) + sign + expression(node.input(1), right), own, around);
    }

    private static String wrapped(String text, int own, int around) {
        return own < around ? "(" + text + ")" : text;
    }

    /** Which axes are meant is said where others are left than those of the places. */
    private String reduction(String function, Expr node) {
        boolean all = Set.of(Axis.TIME, Axis.BATCH).containsAll(node.shape().axes());
        List<?> axes = node.attribute("axes", List.class);
        String over = all ? "" : axes.stream().map(String::valueOf).collect(Collectors.joining(" and ", " over ", ""));
        return function + "(" + expression(node.input(0), 0) + over + ")";
    }

    private String call(String function, Expr node) {
        List<String> operands = new ArrayList<>();
        node.inputs().forEach(input -> operands.add(expression(input, 0)));
        return function + "(" + String.join(", ", operands) + ")";
    }

    /** Ten digits at most: enough for any equation, and the same on every JDK. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(10)).stripTrailingZeros();
        boolean plain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e9;
        return plain ? rounded.toPlainString() : scientific(rounded);
    }

    private static String scientific(BigDecimal value) {
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - value.scale();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }
}
