package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import dev.rondo.cli.chart.Chart;
import dev.rondo.cli.chart.Chart.Colour;
import dev.rondo.cli.chart.Chart.Line;
import dev.rondo.core.Model;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Normalization;
import dev.rondo.core.data.Vocabulary;
import dev.rondo.core.engine.Sequences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
        for (String column : model.spec().inputs()) {
            if (!history.columns().contains(column)) {
                throw new DataException("the model reads the column '" + column + "', the series has "
                        + String.join(", ", history.columns()));
            }
        }
        Series known = Vocabulary.recode(history, model.spec().classes());
        return new Ahead(known, model.spec().targets(), steps, model.forecast(inputs(model, known), steps));
    }

    /** All values of the columns that the model reads, in the data's own units; what it predicts need not be there. */
    private static Sequences inputs(Model model, Series series) {
        Series read = new Series(
                series.columns(),
                model.spec().inputs(),
                model.spec().inputs(),
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
        List<String> names = dates();
        if (names.isEmpty()) {
            names = IntStream.range(history.length(), history.length() + steps)
                    .mapToObj(Integer::toString)
                    .toList();
        }
        for (int i = 0; i < history.count(); i++) {
            for (int step = 0; step < steps; step++) {
                text.append(many ? (i + 1) + "," : "").append(names.get(step));
                for (int target = 0; target < targets.size(); target++) {
                    text.append(',').append(Csv.value(history, targets.get(target), value(step, i, target)));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** Of each target the forecasts, a list for each series; of classes their names. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", history.length());
        map.put("steps", steps);
        if (!dates().isEmpty()) {
            map.put("dates", dates());
        }
        Map<String, Object> forecast = new LinkedHashMap<>();
        for (int target = 0; target < targets.size(); target++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < history.count(); i++) {
                List<Object> row = new ArrayList<>();
                for (int step = 0; step < steps; step++) {
                    row.add(named(target, value(step, i, target)));
                }
                rows.add(row);
            }
            forecast.put(targets.get(target), rows);
        }
        map.put("forecast", forecast);
        return map;
    }

    /** The end of the first series and what follows it. */
    Chart chart() {
        int column = history.columns().indexOf(targets.get(0)); // it is fed back, so it is an input and was checked
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
                span(first),
                targets.get(0),
                false,
                List.of(
                        Line.counted("known", Colour.GREY, 1.6, first, past),
                        Line.counted("forecast", Colour.ORANGE, 1.8, history.length() - 1, next)));
    }

    /** Of the steps that are forecast; empty where they cannot be told. */
    private List<String> dates() {
        return DatesAhead.after(history.labels(), steps);
    }

    /** What the steps are called from {@code first} on, as far as that is known. */
    private String span(int first) {
        if (history.labels().isEmpty()) {
            return "step";
        }
        List<String> dates = dates();
        int last = history.length() - 1;
        return "step, " + history.label(first) + " to "
                + (dates.isEmpty()
                        ? history.label(last) + " and " + steps + " behind it"
                        : dates.get(steps - 1) + ", forecast from " + dates.get(0));
    }

    private Object named(int target, float value) {
        List<String> names = history.classes().get(targets.get(target));
        return names == null ? (Object) (double) value : names.get((int) value);
    }

    private float value(int step, int row, int target) {
        return values[(step * history.count() + row) * targets.size() + target];
    }
}
