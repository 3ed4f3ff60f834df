package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A short text that changes when equations do: saved models carry those of their layers, checkpoints one of all equations. */
public final class Digest {
    /** Bytes of a SHA-256 that are kept: enough to tell equations apart, short enough to read. */
    private static final int LENGTH = 16;

    private Digest() {}

    /** The digest of a layer's equations, parameters and states, whatever its input is computed from. */
    public static String of(TracedLayer layer) {
        Map<Expr, String> known = new IdentityHashMap<>();
        StringBuilder text = new StringBuilder(value(layer.output(), layer.input(), known));
        for (Parameter parameter : layer.parameters()) {
            text.append("\nparameter ").append(parameter.name()).append(' ').append(parameter.shape());
            Expr constraint = parameter.constraint();
            if (constraint != null) {
                text.append(' ').append(value(constraint, layer.input(), known));
            }
        }
        layer.buffers().forEach(buffer -> text.append(buffer(buffer, layer.input(), known)));
        layer.states().forEach(state -> text.append("\n").append(state));
        return hash(text.toString());
    }

    /** The digest of what training makes small: the loss of {@code model}'s output, and the penalties. */
    public static String of(Objective objective, TracedModel model) {
        Map<Expr, String> known = new IdentityHashMap<>();
        Expr loss = objective.of(model.output(), objective.targetLeaf());
        StringBuilder text = new StringBuilder(value(loss, model.input(), known));
        for (Penalty penalty : objective.penalties()) {
            text.append("\npenalty ").append(value(penalty.value(), model.input(), known));
            penalty.buffers().forEach(buffer -> text.append(buffer(buffer, model.input(), known)));
        }
        return hash(text.toString());
    }

    private static String buffer(Buffer buffer, Expr input, Map<Expr, String> known) {
        return "\nbuffer " + buffer.name() + " " + buffer.shape() + " " + value(buffer.update(), input, known);
    }

    /** The digest of printed equations. */
    public static String of(List<String> lines) {
        return hash(String.join("\n", lines));
    }

    private static String value(Expr root, Expr input, Map<Expr, String> known) {
        for (Expr node : Graphs.reachable(root)) {
            known.computeIfAbsent(node, each -> each == input ? "input" : hash(describe(each, known)));
        }
        return hash(known.get(root) + " ");
    }

    private static String describe(Expr node, Map<Expr, String> known) {
        StringBuilder text = new StringBuilder(node.op().name()).append(node.shape());
        new TreeMap<>(node.attributes()).forEach((key, value) -> {
            text.append('\n').append(key).append('=');
            if (value instanceof Loop loop) {
                loop.states().forEach(state -> text.append(state.slot()).append(known.get(state.next())));
                text.append(known.get(loop.output()));
            } else {
                text.append(value);
            }
        });
        node.inputs().forEach(operand -> text.append('\n').append(known.get(operand)));
        return text.toString();
    }

    private static String hash(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, LENGTH);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
