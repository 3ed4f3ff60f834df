package dev.rondo.cli;

import dev.rondo.api.spi.Series;
import dev.rondo.cli.chart.Chart;
import dev.rondo.cli.chart.Chart.Colour;
import dev.rondo.cli.chart.Chart.Line;
import dev.rondo.core.Model;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Normalization;
import dev.rondo.core.engine.Sequences;
import java.util.List;

/**
 * What a model says about the time behind the end of its data.
 *
 * @param values [step, series, target]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Ahead(Series history, List<String> targets, int steps, float[] values) {
    /** So many times as many known values as forecast ones are drawn. */
    private static final int KNOWN = 4;

    static Ahead of(Model model, Series history, int steps) {
        return new Ahead(history, model.spec().targets(), steps, model.forecast(inputs(model, history), steps));
    }

    /** All values of the columns that the model reads, in the data's own units. */
    private static Sequences inputs(Model model, Series series) {
        Series read = new Series(
                series.columns(),
                model.spec().inputs(),
                model.spec().targets(),
                series.values(),
                series.times(),
                series.labels());
        return Dataset.history(read, Normalization.none(series.columns()));
    }

    /** One line for each step; with several series, one for each step of each. */
    String csv() {
        boolean many = history.count() > 1;
        StringBuilder text = new StringBuilder(many ? "series,step" : "step");
        targets.forEach(target -> text.append(',').append(Csv.cell(target)));
        text.append('\n');
        for (int i = 0; i < history.count(); i++) {
            for (int step = 0; step < steps; step++) {
                text.append(many ? (i + 1) + "," : "").append(history.length() + step);
                for (int target = 0; target < targets.size(); target++) {
                    text.append(',').append(value(step, i, target));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** The end of the first series and what follows it. */
    Chart chart() {
        int column = history.columns().indexOf(targets.get(0));
        int known = Math.min(history.length(), KNOWN * steps);
        int first = history.length() - known;
        double[] past = new double[known];
        for (int t = 0; t < known; t++) {
            past[t] = history.values()[0][first + t][column];
        }
        double[] next = new double[steps + 1];
        next[0] = past[known - 1]; // so that the line begins where the other ends
        for (int step = 0; step < steps; step++) {
            next[step + 1] = value(step, 0, 0);
        }
        return new Chart(
                "Forecast of " + steps + " steps, outputs fed back",
                "step",
                targets.get(0),
                false,
                List.of(
                        Line.counted("known", Colour.GREY, 1.6, first, past),
                        Line.counted("forecast", Colour.ORANGE, 1.8, history.length() - 1, next)));
    }

    private float value(int step, int row, int target) {
        return values[(step * history.count() + row) * targets.size() + target];
    }
}
