package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Loss;
import dev.rondo.core.spec.Configured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What training makes small: a loss, and what the targets are. It decides how wide the output of a model is.
 *
 * @param classes number of classes of each target, 0 for a number
 * @param penalties added to the loss for its gradient, not to what is reported
 */
public record Objective(Configured<Loss> loss, List<Integer> classes, List<Penalty> penalties) {
    /**
     * Outputs that are treated together: all targets if they are numbers, else one target.
     *
     * @param target the first of them
     * @param targets how many
     * @param output the first output that stands for them
     * @param outputs how many
     * @param classes of the target, 0 for numbers
     */
    public record Part(int target, int targets, int output, int outputs, int classes) {}

    public Objective {
        classes = List.copyOf(classes);
        penalties = List.copyOf(penalties);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("a model needs a target");
        }
    }

    /** Without penalties. */
    public Objective(Configured<Loss> loss, List<Integer> classes) {
        this(loss, classes, List.of());
    }

    /** This objective with other penalties. */
    public Objective with(List<Penalty> others) {
        return new Objective(loss, classes, others);
    }

    /** What the penalties keep from chunk to chunk. */
    public List<Buffer> buffers() {
        return penalties.stream().flatMap(each -> each.buffers().stream()).toList();
    }

    /** For {@code targets} numbers. */
    public static Objective ofNumbers(Configured<Loss> loss, int targets) {
        return new Objective(loss, Collections.nCopies(targets, 0));
    }

    /** Number of targets. */
    public int targets() {
        return classes.size();
    }

    /**
     * Number of outputs of a model.
     *
     * @throws dev.rondo.api.spi.UsageException if the loss cannot compare what the targets are
     */
    public int outputs() {
        return parts().stream().mapToInt(Part::outputs).sum();
    }

    /** Number of outputs for each target. */
    public List<Integer> widths() {
        return classes.stream().map(this::width).toList();
    }

    /** What is treated together, in the order of the outputs. */
    public List<Part> parts() {
        if (classes.stream().allMatch(count -> count == 0)) {
            int each = width(0);
            return List.of(new Part(0, targets(), 0, each * targets(), 0));
        }
        List<Part> parts = new ArrayList<>();
        int output = 0;
        for (int i = 0; i < targets(); i++) {
            int width = width(classes.get(i));
            parts.add(new Part(i, 1, output, width, classes.get(i)));
            output += width;
        }
        return parts;
    }

    /** A leaf for the targets of every step, [time, batch, targets]. */
    public Expr targetLeaf() {
        Shape shape = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, targets());
        return Expr.node(Op.INPUT, shape, Map.of("name", "target"));
    }

    /** The loss of every step, averaged over the targets. */
    public Expr of(Expr output, Expr target) {
        Settings settings = Settings.of(loss);
        List<Part> parts = parts();
        Expr sum = null;
        for (Part part : parts) {
            Expr outputs = slice(output, part.output(), part.outputs());
            Expr targets = slice(target, part.target(), part.targets());
            Expr each = settings.asked(() -> loss.plugin().of(settings, outputs, targets));
            sum = sum == null ? each : sum.plus(each);
        }
        if (sum == null) {
            throw new ExpressionException("loss", "there is no target");
        }
        return parts.size() == 1 ? sum : sum.div(parts.size());
    }

    /** What the outputs of {@code part} say about its targets: numbers, or the probability of each class. */
    public Expr prediction(Part part, Expr output) {
        Expr outputs = slice(output, part.output(), part.outputs());
        Settings settings = Settings.of(loss);
        return settings.asked(() -> loss.plugin().prediction(settings, outputs));
    }

    private int width(int count) {
        Settings settings = Settings.of(loss);
        return settings.asked(() -> {
            int outputs = loss.plugin().outputs(settings, count);
            if (outputs < 1 || count == 0 && outputs > 1) {
                throw new ExpressionException("outputs", "a number has one output, not " + outputs);
            }
            return outputs;
        });
    }

    /** All of {@code x} where that is what is wanted: the graph then is as if nothing had been cut. */
    private static Expr slice(Expr x, int from, int width) {
        return x.width() == width ? x : Fn.slice(x, from, from + width);
    }
}
