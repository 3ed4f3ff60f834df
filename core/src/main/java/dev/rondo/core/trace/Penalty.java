package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.RegularizerScope;
import dev.rondo.core.spec.Configured;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is added to the loss for its gradient: the equations of a regulariser for one model.
 *
 * @param value a number, made of values of the model
 * @param buffers what the regulariser keeps from chunk to chunk
 */
public record Penalty(Expr value, List<Buffer> buffers) {
    public Penalty {
        buffers = List.copyOf(buffers);
    }

    /**
     * The penalties of {@code regularizers} for {@code model}.
     *
     * @throws dev.rondo.api.spi.UsageException if one has nothing to work on, or its equations are wrong
     */
    public static List<Penalty> of(List<Configured<Regularizer>> regularizers, TracedModel model) {
        List<Penalty> penalties = new ArrayList<>();
        for (Configured<Regularizer> each : regularizers) {
            penalties.add(of(each, model, "regularizer" + (penalties.size() + 1) + "." + each.name()));
        }
        return penalties;
    }

    private static Penalty of(Configured<Regularizer> regularizer, TracedModel model, String path) {
        Scope scope = new Scope(regularizer, model, path);
        return scope.asked(() -> {
            Expr value = of(regularizer.plugin().penalty(scope)).value();
            return new Penalty(value, scope.book.buffers());
        });
    }

    /**
     * A penalty that keeps nothing.
     *
     * @throws ExpressionException if {@code value} is no number, or differs from step to step on its way
     */
    public static Penalty of(Expr value) {
        if (!value.shape().axes().isEmpty()) {
            throw new ExpressionException("penalty", "a number is needed, not " + value.shape());
        }
        Graphs.checkRows(List.of(value), false);
        return new Penalty(value, List.of());
    }

    /** Whether it is made of weights alone, so that no step of the model needs to be known. */
    public boolean ofWeights() {
        List<Expr> roots = new ArrayList<>(List.of(value));
        buffers.forEach(each -> roots.add(each.update()));
        return Graphs.ordered(roots).stream()
                .map(Expr::shape)
                .noneMatch(each -> each.has(Axis.TIME) || each.has(Axis.BATCH));
    }

    private static final class Scope implements Settings, RegularizerScope {
        private final Configured<?> use;
        private final TracedModel model;
        private final String path;
        private final Book book;

        Scope(Configured<?> use, TracedModel model, String path) {
            this.use = use;
            this.model = model;
            this.path = path;
            book = new Book(Gates.STANDARD, name -> {
                throw new ExpressionException("activation", "a regulariser has none");
            });
        }

        @Override
        public Configured<?> use() {
            return use;
        }

        @Override
        public List<Trained> parameters() {
            return model.parameters().stream()
                    .map(each -> new Trained(each.name(), each.role(), each.leaf()))
                    .toList();
        }

        @Override
        public List<Given> layers() {
            List<TracedLayer> layers = model.layers();
            List<Given> given = new ArrayList<>();
            for (int i = 0; i < layers.size(); i++) {
                TracedLayer layer = layers.get(i);
                boolean dropout = i + 1 < layers.size() && dropsOut(layers.get(i + 1));
                given.add(new Given(
                        layer.path(),
                        layer.recurrent(),
                        layer.output(),
                        dropout ? layers.get(i + 1).output() : layer.output()));
            }
            return given;
        }

        /** Whether a layer does nothing but draw which of its inputs it lets through. */
        private static boolean dropsOut(TracedLayer layer) {
            Set<Expr> before = new HashSet<>(Graphs.reachable(layer.input()));
            return layer.parameters().isEmpty()
                    && !layer.recurrent()
                    && Graphs.reachable(layer.output()).stream()
                            .anyMatch(each -> each.op() == Op.RANDOM && !before.contains(each));
        }

        @Override
        public Expr output() {
            return model.output();
        }

        /** Without a slot that would carry it: a penalty is of one chunk, as in the library of the paper that has one with a lag. */
        @Override
        public Expr lag(Expr value, int steps) {
            if (steps < 1) {
                throw new ExpressionException("lag", "at least 1 step, got " + steps);
            }
            if (!value.shape().has(Axis.TIME)) {
                throw new ExpressionException("lag", "operand " + value.shape() + " is no sequence");
            }
            String name = path + "/lag" + book.ordinal(path + "/lag");
            return Expr.node(Op.LAG, value.shape(), Map.of("steps", steps, "name", name), value);
        }

        @Override
        public Expr valid() {
            Shape rows = Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC).plus(Axis.BATCH, Shape.DYNAMIC);
            return Expr.node(Op.VALID, rows, Map.of("name", "valid"));
        }

        @Override
        public Expr buffer(String name, Shape shape, Init init) {
            return book.buffer(path + "/" + name, shape, init);
        }

        @Override
        public void update(Expr buffer, Expr value) {
            if (value.shape().has(Axis.TIME) || value.shape().has(Axis.BATCH)) {
                throw new ExpressionException("update", "the value " + value.shape() + " differs from step to step");
            }
            book.update(buffer, value);
        }
    }
}
