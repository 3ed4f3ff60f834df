package dev.rondo.core.data;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Metric;
import dev.rondo.core.measure.Measure;
import dev.rondo.core.measure.MetricEquations;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is measured on a data set, by the same metrics for a model and for what it is compared with. */
public final class Metrics {
    private final List<Configured<Metric>> metrics;
    private final Dataset data;

    /**
     * Measures by {@code metrics}, in that order.
     *
     * @throws dev.rondo.api.spi.UsageException if one cannot measure what the targets are
     */
    public Metrics(List<Configured<Metric>> metrics, Dataset data) {
        this.metrics = List.copyOf(metrics);
        this.data = data;
        Expr forecast = leaf("forecast", width());
        Expr target = leaf("target", data.targetWidth());
        for (Configured<Metric> metric : metrics) {
            parts(forecast, target).forEach(part -> part.equations(metric));
        }
    }

    /** The metrics, as specs and in the order of figures. */
    public List<Configured<Metric>> all() {
        return metrics;
    }

    /** What is measured together: predictions as metrics read them, the target, its place and number of classes. */
    private record Part(Expr prediction, Expr target, int first, int classes) {
        MetricEquations equations(Configured<Metric> metric) {
            return new MetricEquations(metric, prediction, target, classes);
        }
    }

    /**
     * The figures of a model.
     *
     * @param output scaled, at every step of {@code span}
     * @return by the metrics' specs
     */
    public Map<String, Double> ofModel(Objective objective, float[] output, Span span) {
        if (!data.hasClasses()) {
            float[] numbers = data.inUnits(output);
            Expr forecast = leaf("forecast", data.targetWidth());
            Expr target = leaf("target", data.targetWidth());
            return figures(measure(span, target).bind(forecast, numbers), parts(forecast, target));
        }
        Expr outputs = leaf("output", objective.outputs());
        Expr target = leaf("target", data.targetWidth());
        List<Part> parts = new ArrayList<>();
        for (Objective.Part part : objective.parts()) {
            Expr wanted = slice(target, part.target(), 1);
            parts.add(new Part(objective.prediction(part, outputs), wanted, part.target(), part.classes()));
        }
        return figures(measure(span, target).bind(outputs, output), parts);
    }

    /** The figures of a forecast that needs no model, by the metrics' specs. */
    public Map<String, Double> of(BaselineResult.Rule rule, Span span) {
        Expr forecast = leaf("forecast", width());
        Expr target = leaf("target", data.targetWidth());
        double[] values = new double[width()];
        Measure measure = measure(span, target).bind(forecast, (place, into, at) -> {
            rule.forecast(place % data.rows(), span.from() + place / data.rows(), values);
            System.arraycopy(values, 0, into, at, values.length);
        });
        return figures(measure, parts(forecast, target));
    }

    private Measure measure(Span span, Expr target) {
        return new Measure(span.steps() * data.rows(), data.scored(span)).bind(target, data.truth(span));
    }

    private Map<String, Double> figures(Measure measure, List<Part> parts) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Configured<Metric> metric : metrics) {
            double sum = 0;
            for (Part part : parts) {
                int targets = part.target().width();
                sum += part.equations(metric).evaluate(measure, lag -> data.naiveErrors(part.first(), targets, lag));
            }
            figures.put(metric.spec(), sum / parts.size());
        }
        return figures;
    }

    /** Values that a forecast has in each step: a number or the probabilities of the classes of each target. */
    private int width() {
        return data.classes().stream().mapToInt(count -> Math.max(1, count)).sum();
    }

    private List<Part> parts(Expr forecast, Expr target) {
        if (!data.hasClasses()) {
            return List.of(new Part(forecast, target, 0, 0));
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < data.targetWidth(); i++) {
            int classes = data.classes().get(i);
            int width = Math.max(1, classes);
            parts.add(new Part(slice(forecast, from, width), slice(target, i, 1), i, classes));
            from += width;
        }
        return parts;
    }

    private static Expr slice(Expr x, int from, int width) {
        return x.width() == width ? x : Fn.slice(x, from, from + width);
    }

    private static Expr leaf(String name, int width) {
        Shape shape = Shape.scalar()
                .plus(Axis.TIME, Shape.DYNAMIC)
                .plus(Axis.BATCH, Shape.DYNAMIC)
                .plus(Axis.FEATURES, width);
        return Expr.node(Op.INPUT, shape, Map.of("name", name));
    }
}
