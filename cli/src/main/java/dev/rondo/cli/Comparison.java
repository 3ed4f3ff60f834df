package dev.rondo.cli;

import dev.rondo.api.spi.Metric;
import dev.rondo.core.data.Accuracy;
import dev.rondo.core.data.BaselineResult;
import dev.rondo.core.data.Baselines;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Metrics;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.train.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's figures beside those of forecasts that need no model, by the same metrics on the same targets.
 *
 * @param metrics in the order of tables
 * @param model the trained model
 * @param baselines what it is compared with
 * @param leftOut why a usual baseline is not among them, by its name
 * @param targets how many predictions are measured on the test part
 * @param next whether it is the next value that is predicted
 * @param units whether figures are in units of the data, which classes have not
 */
record Comparison(
        List<Configured<Metric>> metrics,
        Row model,
        List<Row> baselines,
        Map<String, String> leftOut,
        long targets,
        boolean next,
        boolean units) {
    /**
     * The figures of one forecast, by the metrics' specs.
     *
     * @param what it does, in words
     * @param errors on the test part, absent where targets are classes
     */
    record Row(
            String name,
            String what,
            Map<String, Double> validation,
            Map<String, Double> test,
            @Nullable Accuracy errors) {}

    static Comparison of(Metrics metrics, Dataset data, Objective objective, Evaluation.Parts parts) {
        Row model = new Row(
                "model",
                "this run",
                metrics.ofModel(
                        objective,
                        parts.validation().output(),
                        parts.validation().span()),
                metrics.ofModel(objective, parts.test().output(), parts.test().span()),
                data.hasClasses() ? null : parts.test().accuracy());
        List<BaselineResult> results = Baselines.of(data);
        List<Row> rows = new ArrayList<>();
        for (BaselineResult each : results) {
            rows.add(new Row(
                    each.name(),
                    each.description(),
                    metrics.of(each.rule(), data.validation()),
                    metrics.of(each.rule(), data.test()),
                    data.hasClasses() ? null : each.test()));
        }
        return new Comparison(
                metrics.all(),
                model,
                rows,
                Baselines.leftOut(data, results),
                parts.test().accuracy().count(),
                data.series().ahead() > 0,
                !data.hasClasses());
    }

    /** The metric that a page leads with: in tables of numbers the root mean squared error, elsewhere the first. */
    Configured<Metric> leading() {
        return metrics.stream()
                .filter(each -> each.spec().equals("RMSE"))
                .findFirst()
                .orElse(metrics.get(0));
    }

    /** The baseline whose figure is best on the test part. */
    Optional<Row> best(Configured<Metric> metric) {
        double sign = metric.plugin().higherIsBetter() ? -1 : 1;
        return baselines.stream()
                .min((a, b) -> Double.compare(
                        sign * a.test().getOrDefault(metric.spec(), Double.NaN),
                        sign * b.test().getOrDefault(metric.spec(), Double.NaN)));
    }

    /** As in {@code 10,000 forecasts of one step, in the data's own units}. */
    String counted() {
        return Figures.grouped(targets)
                + (next ? " forecasts of one step" : " predictions")
                + (units ? ", in the data's own units" : "");
    }

    /** What is missing among the baselines and why, a line for each reason. */
    List<String> remarks() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        leftOut.forEach((name, reason) ->
                byReason.computeIfAbsent(reason, any -> new ArrayList<>()).add(name));
        List<String> remarks = new ArrayList<>();
        byReason.forEach((reason, names) -> remarks.add("left out: " + String.join(", ", names) + ", as " + reason));
        return remarks;
    }
}
