package dev.rondo.cli;

import dev.rondo.cli.chart.Chart;
import dev.rondo.cli.chart.Chart.Colour;
import dev.rondo.cli.chart.Chart.Line;
import dev.rondo.cli.chart.Svg;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Forecast;
import dev.rondo.core.data.Span;
import dev.rondo.core.train.EpochFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A run as one HTML page that needs no other file. */
final class Report {
    static final int WIDTH = 900;
    static final int HEIGHT = 340;
    /** More steps than this would be a dark band. */
    private static final int MOST_STEPS = 400;

    static final String STYLE = """
            :root { color-scheme: light; }
            body { font: 16px/1.5 system-ui, sans-serif; color: #2b2f36; background: #fff; max-width: 940px; margin: 2.5rem auto; padding: 0 1.2rem; }
            h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
            p.lead { margin: 0 0 1.4rem; color: #5b616b; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .32rem .8rem .32rem 0; border-bottom: 1px solid #e4e7eb; vertical-align: top; }
            th { font-weight: 600; color: #5b616b; } td.n, th.n { text-align: right; padding-right: 1.2rem; }
            tr.model td { font-weight: 650; color: #2563a8; }
            code, pre { font: .85rem/1.5 ui-monospace, monospace; } pre { background: #f5f6f8; padding: .8rem; overflow-x: auto; white-space: pre-wrap; }
            svg { width: 100%; height: auto; display: block; }
            """;

    private final Outcome outcome;
    private final StringBuilder html = new StringBuilder();

    private Report(Outcome outcome) {
        this.outcome = outcome;
    }

    static String of(Outcome outcome) {
        return new Report(outcome).write();
    }

    /** How the losses fell. */
    static Chart losses(Outcome outcome) {
        List<EpochFigures> history = outcome.result().history();
        return new Chart(
                "Loss by epoch",
                "epoch",
                outcome.objective().loss().spec() + ", training units",
                true,
                List.of(
                        Line.counted("training", Colour.GREY, 1.3, 1, values(history, EpochFigures::trainLoss)),
                        Line.counted(
                                "validation", Colour.BLUE, 1.8, 1, values(history, EpochFigures::validationLoss))));
    }

    /** The test part of the first series: what happened and what was forecast; of independent tasks those of all series. */
    static Chart forecast(Outcome outcome) {
        Dataset data = outcome.data();
        Span test = outcome.parts().test().span();
        boolean tasks = data.series().episode() > 0;
        int rows = tasks ? data.rows() : 1;
        List<Float> truth = new ArrayList<>();
        List<Float> prediction = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        String column = "";
        for (int row = 0; row < rows; row++) {
            Forecast each =
                    data.forecast(outcome.objective(), outcome.parts().test().output(), test, row, 0);
            for (int i = 0; i < each.truth().length; i++) {
                truth.add(each.truth()[i]);
                prediction.add(each.prediction()[i]);
            }
            labels.addAll(each.labels());
            column = each.column();
        }
        int steps = Math.min(MOST_STEPS, truth.size());
        int first = truth.size() - steps;
        String what = outcome.comparison().next() ? "Forecast one step ahead, " : "Predictions, ";
        String series = !tasks && data.rows() > 1 ? ", series 1 of " + data.rows() : "";
        String part = first > 0 ? "the last " + steps + (tasks ? "" : " steps") + " of the test part" : "test part";
        int place = tasks ? first : test.from() + data.series().ahead() + first;
        boolean named = !tasks && steps > 0 && !data.series().labels().isEmpty();
        List<Line> lines = new ArrayList<>();
        if (!data.hasClasses()) {
            lines.add(Line.counted("truth", Colour.GREY, 2.4, place, tail(truth, first)));
        }
        lines.add(Line.counted(
                data.hasClasses() ? "probability" : "forecast", Colour.ORANGE, 1.2, place, tail(prediction, first)));
        return new Chart(
                what + part + series,
                (tasks ? "prediction" : "step")
                        + (named ? ", " + labels.get(first) + " to " + labels.get(labels.size() - 1) : ""),
                column,
                false,
                lines);
    }

    private String write() {
        Comparison comparison = outcome.comparison();
        String leading = comparison.leading().spec();
        String layers = String.join(
                " ",
                outcome.model().layers().stream()
                        .map(layer -> layer.configured().spec())
                        .toList());
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Svg.escape(layers))
                .append(" · Rondo</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(Svg.escape(layers))
                .append("</h1>\n<p class=\"lead\">Test ")
                .append(Svg.escape(leading))
                .append(" <b>")
                .append(figure(comparison.model().test(), leading))
                .append("</b>, over ")
                .append(comparison.counted())
                .append("; the best simple forecast has ")
                .append(comparison
                        .best(comparison.leading())
                        .map(best -> figure(best.test(), leading) + " (" + Svg.escape(best.name()) + ")")
                        .orElse("none"))
                .append(".</p>\n");
        figures();
        html.append("<h2>Forecast</h2>\n").append(Svg.of(forecast(outcome), WIDTH, HEIGHT));
        html.append("<h2>Training</h2>\n").append(Svg.of(losses(outcome), WIDTH, HEIGHT));
        training();
        model();
        setup();
        return html.append("</body>\n</html>\n").toString();
    }

    private void figures() {
        html.append("<h2>Figures</h2>\n<table>\n<tr><th>forecast</th><th></th>");
        Comparison comparison = outcome.comparison();
        comparison.metrics().forEach(each -> head("test " + each.spec()));
        head("validation " + comparison.leading().spec());
        html.append("</tr>\n");
        row("model", comparison.model());
        comparison.baselines().forEach(each -> row("", each));
        html.append("</table>\n");
        comparison
                .remarks()
                .forEach(each -> html.append("<p>").append(Svg.escape(each)).append(".</p>\n"));
    }

    private void head(String text) {
        html.append("<th class=\"n\">").append(Svg.escape(text)).append("</th>");
    }

    private void row(String kind, Comparison.Row row) {
        html.append("<tr class=\"")
                .append(kind)
                .append("\"><td>")
                .append(Svg.escape(row.name()))
                .append("</td><td>");
        html.append(Svg.escape(row.what())).append("</td>");
        row.test().values().forEach(this::cell);
        cell(row.validation().getOrDefault(outcome.comparison().leading().spec(), Double.NaN));
        html.append("</tr>\n");
    }

    private void cell(double value) {
        html.append("<td class=\"n\">").append(Figures.shortly(value)).append("</td>");
    }

    private static String figure(Map<String, Double> figures, String metric) {
        return Figures.shortly(figures.getOrDefault(metric, Double.NaN));
    }

    private void training() {
        EpochFigures chosen = outcome.chosen();
        html.append("<p>").append(Figures.epochs(outcome.result().epochs())).append(" in ");
        html.append(Figures.shortly(outcome.result().seconds())).append(" s; it ended because ");
        html.append(Svg.escape(outcome.result().ending().toString()));
        if (chosen != null) {
            html.append(". Kept: epoch ").append(chosen.epoch()).append(", the best on the validation part.");
        }
        html.append("</p>\n");
    }

    private void model() {
        html.append("<h2>Model</h2>\n<table>\n<tr><th>layer</th><th>spec</th></tr>\n");
        List<String> layers = Outcome.layers(outcome.model());
        for (int i = 0; i < layers.size(); i++) {
            html.append("<tr><td>").append(Svg.escape(layers.get(i))).append("</td><td><code>");
            html.append(Svg.escape(outcome.model().layers().get(i).configured().spec()))
                    .append("</code></td></tr>\n");
        }
        html.append("</table>\n<p>").append(Figures.grouped(outcome.model().parameterCount()));
        html.append(" trained values.</p>\n");
    }

    private void setup() {
        html.append("<h2>Set-up</h2>\n<pre>")
                .append(Svg.escape(Shell.lines(outcome.arguments())))
                .append("</pre>\n<table>\n");
        for (Map.Entry<String, String> fact : outcome.facts().entrySet()) {
            html.append("<tr><th>").append(Svg.escape(fact.getKey())).append("</th><td>");
            html.append(Svg.escape(fact.getValue())).append("</td></tr>\n");
        }
        html.append("</table>\n");
    }

    private static double[] values(List<EpochFigures> history, ToDoubleFunction<EpochFigures> figure) {
        return history.stream().mapToDouble(figure).toArray();
    }

    private static double[] tail(List<Float> values, int first) {
        return values.stream().skip(first).mapToDouble(each -> each).toArray();
    }
}
