package dev.rondo.core.trace;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Body;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Rewrite;
import dev.rondo.api.spi.Role;
import dev.rondo.api.spi.Step;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scope in which one plugin's equations run.
 *
 * <p>One class serves layers, cells and activations: each sees the interface of its kind only, and most of what they ask for is
 * the same.
 */
final class TracingScope implements Settings, LayerScope, CellScope, ActivationScope {
    private final Book book;
    private final String path;
    private final Configured<?> configured;
    private final @Nullable Steps steps;
    private final Rewriting rewriting;

    private TracingScope(Book book, String path, Configured<?> configured, @Nullable Steps steps, Rewriting rewriting) {
        this.book = book;
        this.path = path;
        this.configured = configured;
        this.steps = steps;
        this.rewriting = rewriting;
    }

    static TracingScope forLayer(Book book, String path, Configured<?> configured) {
        return new TracingScope(book, path, configured, null, Rewriting.NONE);
    }

    /** @param rewriting what the cells around make of this one's products */
    static TracingScope forStep(Book book, String path, Configured<?> configured, Steps steps, Rewriting rewriting) {
        return new TracingScope(book, path, configured, steps, rewriting);
    }

    /** The output of a whole layer, or of an activation in the place of one. */
    Expr run(Expr x) {
        return asked(() -> {
            Expr output = forward(x);
            Graphs.checkRows(List.of(output), false);
            return output;
        });
    }

    private Expr forward(Expr x) {
        if (configured.plugin() instanceof Layer layer) {
            Expr output = layer.forward(this, x);
            if (!output.shape().has(Axis.TIME) || !output.shape().has(Axis.FEATURES)) {
                throw new ExpressionException(
                        "output", "a layer gives a sequence with features, not " + output.shape());
            }
            return output;
        }
        if (configured.plugin() instanceof Activation activation) {
            return activation.of(this, x);
        }
        throw new UsageException(called() + " is no layer");
    }

    // ---- options

    @Override
    public Configured<?> use() {
        return configured;
    }

    @Override
    public String called() {
        return configured.name() + " at " + path;
    }

    // ---- parameters and leaves

    @Override
    public Expr parameter(String name, Shape shape, Init init) {
        boolean matrix = shape.has(Axis.ROWS);
        Init resolved = init != Init.AUTO ? init : matrix ? Init.GLOROT : Init.ZEROS;
        return matrix
                ? book.matrix(
                        path + "/" + name, shape, resolved, steps == null ? Graphs::dependsOnState : steps::recurrent)
                : book.parameter(path + "/" + name, shape, resolved, Role.VECTOR);
    }

    @Override
    public Expr weight(String name, int rows, int columns) {
        return parameter(name, Shape.matrix(rows, columns), Init.AUTO);
    }

    @Override
    public Expr vector(String name, int width, Init init) {
        return parameter(name, Shape.vector(width), init);
    }

    @Override
    public Expr scalar(String name, double initial) {
        return parameter(name, Shape.scalar(), Init.constant(initial));
    }

    @Override
    public Expr constrain(Expr parameter, Expr value) {
        book.constrain(parameter, value);
        return parameter;
    }

    @Override
    public Expr buffer(String name, Shape shape, Init init) {
        return book.buffer(path + "/" + name, shape, init == Init.AUTO ? Init.ZEROS : init);
    }

    @Override
    public void update(Expr buffer, Expr value) {
        book.update(buffer, value);
    }

    @Override
    public Expr random(Draw draw, Expr like, Draw.Per per) {
        if (per == Draw.Per.STEP && !like.shape().has(Axis.BATCH)) {
            throw new ExpressionException(
                    "random", "a draw for each step is one for each row too, but " + like.shape() + " has no rows");
        }
        int ordinal = book.ordinal(path + "/random");
        Shape shape = per == Draw.Per.CHUNK ? like.shape().minus(Axis.TIME) : like.shape();
        return Expr.node(
                Op.RANDOM,
                shape,
                Map.of("draw", draw, "per", per, "ordinal", ordinal, "path", path, "name", "random" + ordinal));
    }

    @Override
    public Expr training() {
        return Expr.node(Op.TRAINING, Shape.scalar(), Map.of("name", "training"));
    }

    @Override
    public Expr index() {
        return clock(Op.INDEX, "index");
    }

    @Override
    public Expr time() {
        return clock(Op.STAMP, "time");
    }

    @Override
    public Expr firstStep() {
        Expr first = clock(Op.FIRST_STEP, "first");
        return continues() ? Fn.zerosLike(first) : first;
    }

    /** Whether the states of this step stand for a past even in the first step of a stream. */
    boolean continues() {
        return steps != null && steps.continued();
    }

    @Override
    public Expr batchMean(Expr x) {
        if (Graphs.dependsOnState(x)) {
            throw new ExpressionException(
                    "batchMean", "the operand depends on a state, so it is not known for all steps at once");
        }
        Shape mean = x.shape().minus(Axis.TIME).minus(Axis.BATCH);
        return mean.equals(x.shape()) ? x : Expr.node(Op.BATCH_MEAN, mean, Map.of(), x);
    }

    @Override
    public Expr valid() {
        return clock(Op.VALID, "valid");
    }

    private Expr clock(Op op, String name) {
        Shape rows = steps == null ? Shape.scalar().plus(Axis.TIME, Shape.DYNAMIC) : Shape.scalar();
        return Expr.node(op, rows.plus(Axis.BATCH, Shape.DYNAMIC), Map.of("name", name));
    }

    // ---- activations

    @Override
    public Expr activation(int i, Expr x) {
        return activate(wrapped(i), path + "/" + i, x);
    }

    @Override
    public Expr activation(Option<String> option, Expr x) {
        String spec = value(option);
        return activate(book.activation(spec), path + "/" + option.key() + book.ordinal(path + "/" + option.key()), x);
    }

    @Override
    public Expr sigmoid(Expr x) {
        return gate(Op.SIGMOID, "sigmoid", book.gates().sigmoid(), x);
    }

    @Override
    public Expr tanh(Expr x) {
        return gate(Op.TANH, "tanh", book.gates().tanh(), x);
    }

    /** Marks a gate's function, so that a fixed function in the place of a replaceable one can be told. */
    private Expr gate(Op op, String name, @Nullable Configured<Activation> replacement, Expr x) {
        return replacement == null
                ? Expr.node(op, x.shape(), Map.of("gate", true), x)
                : activate(replacement, path + "/" + name + book.ordinal(path + "/" + name), x);
    }

    private Expr activate(Configured<?> activation, String at, Expr x) {
        if (!(activation.plugin() instanceof Activation function)) {
            throw new UsageException(called() + ": " + activation.name() + " is no activation");
        }
        TracingScope scope = new TracingScope(book, at, activation, steps, rewriting);
        return scope.asked(() -> function.of(scope, x));
    }

    // ---- steps

    @Override
    public int units() {
        if (configured.size() < 1) {
            throw new ExpressionException("units", "the spec says no size");
        }
        return configured.size();
    }

    @Override
    public int classes(Expr x) {
        List<Integer> classes = Graphs.classes(x);
        return classes.size() == 1 ? classes.get(0) : 0;
    }

    @Override
    public int units(int i) {
        return wrapped(i).size();
    }

    @Override
    public Expr affine(String name, Term... terms) {
        return affine(name, units(), terms);
    }

    @Override
    public Expr affine(String name, int width, Term... terms) {
        return products(name, width).affine(terms);
    }

    @Override
    public Expr linear(String name, Term... terms) {
        return linear(name, units(), terms);
    }

    @Override
    public Expr linear(String name, int width, Term... terms) {
        return products(name, width).linear(terms);
    }

    private Products products(String name, int width) {
        return new Products(book, steps, rewriting, path, name, width);
    }

    @Override
    public Expr lag(Expr value, int count) {
        if (count < 1) {
            throw new ExpressionException("lag", "at least 1 step, got " + count);
        }
        String name = path + "/lag" + book.ordinal(path + "/lag");
        StateSlot slot = book.slot(name, count, value.width());
        return Expr.node(Op.LAG, value.shape(), Map.of("steps", count, "slot", slot, "name", name), value);
    }

    // ---- cells

    private Steps steps() {
        if (steps == null) {
            throw new ExpressionException("state", "states belong to the step of a cell");
        }
        return steps;
    }

    @Override
    public Expr state(String name) {
        return state(name, units());
    }

    @Override
    public Expr state(String name, int width) {
        return steps().old(name, width);
    }

    @Override
    public Expr next(String name, Expr value) {
        return steps().next(name, value);
    }

    @Override
    public Nested cell(int i, String at, int inputs) {
        return cell(i, at, inputs, rewriting);
    }

    @Override
    public Nested cell(int i, String at, int inputs, Rewrite rewrite) {
        return cell(i, at, inputs, rewriting.within(path, rewrite));
    }

    private Nested cell(int i, String at, int inputs, Rewriting inside) {
        Configured<?> wrapped = wrapped(i);
        if (!(wrapped.plugin() instanceof Body) && !(wrapped.plugin() instanceof Activation)) {
            throw new UsageException(called() + " wraps a cell, but " + wrapped.name() + " works on whole sequences");
        }
        return new NestedCell(this, book, path + "/" + at, at, wrapped, inputs, inside);
    }

    @Override
    public Expr next(Nested cell, Step step) {
        if (!(cell instanceof NestedCell nested) || nested.owner() != this) {
            throw new ExpressionException("next", "the cell does not belong to this scope");
        }
        for (String name : step.states().names()) {
            next(nested.local(name), step.states().get(name));
        }
        return step.output();
    }

    @Override
    public Expr step(int i, Expr x) {
        Nested cell = cell(i, Integer.toString(i), x.width());
        return next(cell, cell.step(x, cell.states()));
    }

    // ---- layers

    @Override
    public Expr scan(Body body, Expr sequence) {
        if (!sequence.shape().has(Axis.TIME)) {
            throw new ExpressionException("scan", "operand " + sequence.shape() + " is no sequence");
        }
        Expr x = Graphs.input(sequence.shape().minus(Axis.TIME), Graphs.classes(sequence));
        Steps carried = Steps.carried(book, path);
        Expr output = forStep(book, path, configured, carried, Rewriting.NONE).step(body, x);
        Loop loop = new Loop(x, carried.closed(), output);
        List<Expr> roots = loop.roots();
        for (Expr node : Graphs.ordered(roots)) {
            if (node.shape().has(Axis.TIME)) {
                throw new ExpressionException("scan", "the step reads " + node + ", a whole sequence");
            }
        }
        Graphs.checkRows(roots, true);
        Shape shape = sequence.shape().with(Axis.FEATURES, output.width());
        return Expr.node(Op.SCAN, shape, Map.of("body", loop, "name", path), sequence);
    }

    /** One step of {@code body}; its output has a row for each row of the batch. */
    private Expr step(Body body, Expr x) {
        Expr output = body.step(this, x);
        Shape expected = x.shape().with(Axis.FEATURES, output.width());
        return output.shape().equals(expected) ? output : Expr.node(Op.BROADCAST, expected, Map.of(), output);
    }

    /** The step of this plugin, a cell or an activation, within another. */
    Expr step(Expr x) {
        return asked(() -> configured.plugin() instanceof Body body
                ? step(body, x)
                : ((Activation) configured.plugin()).of(this, x));
    }

    @Override
    public Expr layer(int i, String at, Expr x) {
        return forLayer(book, path + "/" + at, wrapped(i)).run(x);
    }

    private Configured<?> wrapped(int i) {
        if (i >= configured.wrapped().size()) {
            throw new UsageException(called() + " needs a wrapped spec, as in "
                    + configured.plugin().describe().example());
        }
        return configured.wrapped().get(i);
    }
}
