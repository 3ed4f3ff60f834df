package dev.rondo.cli;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Sources;
import dev.rondo.core.measure.MetricEquations;
import dev.rondo.core.method.MethodEquations;
import dev.rondo.core.optim.OptimizerEquations;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Specs;
import dev.rondo.core.trace.Buffer;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.LoopForm;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.trace.Printer;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Traces a plugin to say what it computes; every kind has its way of being asked. */
final class Explainer {
    /** Few, so that shapes stay readable, and no size that an example has, so that they tell apart; the others are for layers that need them. */
    private static final int FEATURES = 8;
    /** Numbers that a loss or a metric compares. */
    private static final int TARGETS = 3;
    /** For losses and metrics that compare classes. */
    private static final int CLASSES = 4;

    private final Rondo rondo;
    private final @Nullable Integer inputs;
    private final Map<Kind<?>, BiFunction<Registered<?>, String, List<Explanation>>> ways;

    /**
     * An explainer.
     *
     * @param inputs features of a layer's input; chosen to fit if absent
     */
    Explainer(Rondo rondo, @Nullable Integer inputs) {
        this.rondo = rondo;
        this.inputs = inputs;
        ways = Map.of(
                Kind.LAYER, this::layer,
                Kind.ACTIVATION, this::layer,
                Kind.OPTIMIZER, this::optimizer,
                Kind.SCHEDULE, this::schedule,
                Kind.REGULARIZER, this::regularizer,
                Kind.METHOD, this::method,
                Kind.LOSS, this::loss,
                Kind.METRIC, this::metric,
                Kind.DATA, this::data);
    }

    /** What {@code plugin} computes in {@code spec}, which uses it; nothing where there are no equations. */
    List<Explanation> explain(Registered<?> plugin, String spec) {
        return ways.getOrDefault(plugin.kind(), (any, use) -> List.of()).apply(plugin, spec);
    }

    /** The layers of a stack that the plugin is in. */
    private List<Explanation> layer(Registered<?> plugin, String spec) {
        List<TracedLayer> layers = trace(spec).layers();
        if (layers.stream().noneMatch(each -> each.configured().plugin() == plugin.plugin())) {
            throw new UsageException("'" + spec + "' does not use " + plugin.name());
        }
        return layers.stream().map(Explainer::layer).toList();
    }

    private static Explanation layer(TracedLayer layer) {
        List<List<String>> arrays = new ArrayList<>();
        for (Parameter parameter : layer.parameters()) {
            arrays.add(List.of(
                    "parameter",
                    local(layer, parameter.name()),
                    parameter.shape().toString(),
                    Figures.grouped(parameter.length())));
        }
        for (Buffer buffer : layer.buffers()) {
            arrays.add(List.of(
                    "buffer", local(layer, buffer.name()), buffer.shape().toString()));
        }
        for (StateSlot state : layer.states()) {
            String steps = state.steps() > 1 ? " × " + state.steps() + " steps" : "";
            arrays.add(List.of("state", local(layer, state.name()), state.width() + steps));
        }
        return new Explanation(
                layer.configured().spec() + " on " + layer.input().width() + " features gives "
                        + layer.output().width(),
                Printer.equations(layer),
                new Explanation.LayerFacts(
                        layer.configured().name(), arrays, layer.parameterCount(), LoopForm.of(layer)));
    }

    private static String local(TracedLayer layer, String full) {
        return full.startsWith(layer.path() + "/") ? full.substring(layer.path().length() + 1) : full;
    }

    /** Traces a stack with an input that it accepts: a skip needs as many features as the layer has. */
    TracedModel trace(String spec) {
        List<Configured<?>> layers = rondo.layers(spec);
        Tracer tracer = new Tracer(Gates.STANDARD, rondo::activation);
        if (inputs != null) {
            return tracer.trace(layers, inputs);
        }
        List<Supplier<TracedModel>> attempts = new ArrayList<>();
        Stream.concat(Stream.of(FEATURES), Stream.concat(sizes(layers.get(0)), Stream.of(1)))
                .filter(width -> width > 0)
                .forEach(width -> attempts.add(() -> tracer.trace(layers, width)));
        return firstThatFits(attempts);
    }

    private static Stream<Integer> sizes(Configured<?> layer) {
        return Stream.concat(Stream.of(layer.size()), layer.wrapped().stream().flatMap(Explainer::sizes));
    }

    private List<Explanation> optimizer(Registered<?> plugin, String spec) {
        Configured<Optimizer> optimizer = rondo.optimizer(spec);
        List<String> matrix = OptimizerEquations.ofMatrix(optimizer);
        List<String> vector = OptimizerEquations.ofVector(optimizer);
        return matrix.equals(vector)
                ? List.of(new Explanation(optimizer.spec() + " for each parameter θ with gradient g", matrix))
                : List.of(
                        new Explanation(optimizer.spec() + " for a matrix θ of 4 × 6 with gradient g", matrix),
                        new Explanation(optimizer.spec() + " for a vector θ of 6 with gradient g", vector));
    }

    private List<Explanation> schedule(Registered<?> plugin, String spec) {
        Configured<Schedule> schedule = rondo.specs().one(Kind.SCHEDULE, spec);
        return List.of(new Explanation(
                schedule.spec() + ", what the learning rate is multiplied by after count updates",
                ScheduleProgram.equations(schedule)));
    }

    private List<Explanation> regularizer(Registered<?> plugin, String spec) {
        Configured<Regularizer> regularizer = rondo.specs().regularizer(spec);
        TracedModel model = trace("RNN_4 Dropout Linear_3");
        Penalty penalty = Penalty.of(List.of(regularizer), model).get(0);
        Map<Expr, String> leaves = new LinkedHashMap<>();
        model.parameters().forEach(each -> leaves.put(each.leaf(), each.name()));
        model.layers().forEach(each -> leaves.put(each.output(), each.path() + ".output"));
        Map<String, Expr> results = new LinkedHashMap<>(Map.of("penalty", penalty.value()));
        for (Buffer each : penalty.buffers()) {
            String name = each.name().substring(each.name().indexOf('/') + 1) + ".kept";
            leaves.put(each.leaf(), name);
            results.put(name + "'", each.update());
        }
        return List.of(new Explanation(
                regularizer.spec() + " of "
                        + Specs.print(model.layers().stream()
                                .map(TracedLayer::configured)
                                .toList()),
                Printer.equations(leaves, results)));
    }

    private List<Explanation> method(Registered<?> plugin, String spec) {
        Configured<TrainingMethod> method = rondo.specs().method(spec);
        return List.of(new Explanation(
                method.spec() + " of parameters θ, with states h and an output y", MethodEquations.of(method)));
    }

    private List<Explanation> loss(Registered<?> plugin, String spec) {
        Configured<Loss> loss = rondo.specs().loss(spec);
        Explanation explanation = firstThatFits(List.of(
                () -> loss(Objective.ofNumbers(loss, TARGETS), TARGETS + " numbers"),
                () -> loss(new Objective(loss, List.of(CLASSES)), CLASSES + " classes"),
                () -> loss(new Objective(loss, List.of(2)), "2 classes")));
        return List.of(explanation);
    }

    private static Explanation loss(Objective objective, String target) {
        Expr output = sequence("y", objective.outputs());
        Expr wanted = sequence("target", objective.targets());
        Map<String, Expr> results = new LinkedHashMap<>();
        results.put("loss", objective.of(output, wanted));
        Expr prediction = objective.prediction(objective.parts().get(0), output);
        if (prediction != output) {
            results.put("prediction", prediction);
        }
        return new Explanation(
                objective.loss().spec() + " of outputs y, for a target of " + target,
                Printer.equations(Map.of(output, "y", wanted, "target"), results));
    }

    private List<Explanation> metric(Registered<?> plugin, String spec) {
        Configured<Metric> metric = rondo.specs().one(Kind.METRIC, spec);
        Explanation explanation = firstThatFits(List.of(
                () -> metric(metric, TARGETS, TARGETS, 0, "predictions of " + TARGETS + " numbers"),
                () -> metric(metric, CLASSES, 1, CLASSES, "probabilities of " + CLASSES + " classes")));
        return List.of(explanation);
    }

    private static Explanation metric(Configured<Metric> metric, int width, int targets, int classes, String what) {
        Expr prediction = sequence("prediction", width);
        Expr target = sequence("target", targets);
        Expr figure = new MetricEquations(metric, prediction, target, classes).figure();
        return new Explanation(
                metric.spec() + " of " + what + " at count places",
                Printer.equations(Map.of(prediction, "prediction", target, "target"), Map.of("figure", figure)));
    }

    private static Expr sequence(String name, int width) {
        Shape shape = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, width);
        return Expr.node(Op.INPUT, shape, Map.of("name", name));
    }

    private List<Explanation> data(Registered<?> plugin, String spec) {
        Configured<SeriesSource> source = rondo.source(spec);
        if (source.plugin().readsFile()) {
            return List.of();
        }
        Series series = Sources.open(source, DataSetup.standard().withSeries(1));
        List<String> lines = new ArrayList<>();
        lines.add("read:      " + columns(series, series.inputs()));
        lines.add("predicted: " + columns(series, series.targets())
                + (series.ahead() > 0 ? ", one step ahead" : ", of the same step"));
        if (series.episode() > 0) {
            lines.add("episodes:  a state begins anew every " + series.episode() + " steps");
        }
        return List.of(new Explanation("Columns of " + source.spec(), lines));
    }

    private static String columns(Series series, List<String> names) {
        return names.stream()
                .map(name -> name + (series.classCount(name) > 0 ? " (" + series.classCount(name) + " classes)" : ""))
                .collect(Collectors.joining(", "));
    }

    /** What the first of some ways of asking gives that suits the plugin. */
    private static <T> T firstThatFits(List<Supplier<T>> attempts) {
        UsageException first = null;
        for (Supplier<T> attempt : attempts) {
            try {
                return attempt.get();
            } catch (UsageException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new UsageException("there is no way to trace it") : first;
    }
}
