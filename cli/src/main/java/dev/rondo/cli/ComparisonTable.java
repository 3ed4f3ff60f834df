package dev.rondo.cli;

import dev.rondo.cli.GridRuns.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison as a table: a line for each entry, means over its seeds, and the baselines below. */
final class ComparisonTable {
    private final List<Row> rows;
    private final boolean sigmoids;
    private final boolean tanhs;

    ComparisonTable(List<Row> rows) {
        this.rows = rows;
        sigmoids = rows.stream().anyMatch(row -> !row.entry().sigmoid().isEmpty());
        tanhs = rows.stream().anyMatch(row -> !row.entry().tanh().isEmpty());
    }

    List<String> header() {
        List<String> header = new ArrayList<>(List.of("layers", "optimiser"));
        if (sigmoids) {
            header.add("sigmoid");
        }
        if (tanhs) {
            header.add("tanh");
        }
        header.addAll(List.of("parameters", "test", "least", "greatest", "validation", "epochs", "seconds", ""));
        return header;
    }

    /** The cells of each line, in the order of the grid. */
    List<List<String>> lines() {
        return rows.stream().map(this::line).toList();
    }

    private List<String> line(Row row) {
        List<String> cells =
                new ArrayList<>(List.of(row.entry().layers(), row.entry().optimizer()));
        if (sigmoids) {
            cells.add(row.entry().sigmoid());
        }
        if (tanhs) {
            cells.add(row.entry().tanh());
        }
        EntrySummary done = EntrySummary.of(row);
        cells.add(done.isEmpty() ? "-" : Figures.grouped((long) done.mean(Figure.PARAMETERS)));
        cells.add(Figures.shortly(done.mean(Figure.TEST)));
        cells.add(Figures.shortly(done.least(Figure.TEST)));
        cells.add(Figures.shortly(done.greatest(Figure.TEST)));
        cells.add(Figures.shortly(done.mean(Figure.VALIDATION)));
        cells.add(done.isEmpty() ? "-" : Figures.grouped(Math.round(done.mean(Figure.EPOCHS))));
        cells.add(done.isEmpty() ? "-" : Figures.shortly(done.mean(Figure.SECONDS)));
        cells.add(done.note());
        return cells;
    }

    /** Mean test figure of each baseline over the seeds; the data of a seed are the same for all entries. */
    Map<String, Double> baselines() {
        Map<String, List<Double>> all = new LinkedHashMap<>();
        for (Row row : rows) {
            EntrySummary done = EntrySummary.of(row);
            if (done.whole()) {
                for (Map<String, Object> result : done.results()) {
                    if (result.get("baselines") instanceof Map<?, ?> baselines) {
                        baselines.forEach(
                                (name, figures) -> all.computeIfAbsent(String.valueOf(name), any -> new ArrayList<>())
                                        .add(Figure.measured(figures)));
                    }
                }
                break;
            }
        }
        Map<String, Double> means = new LinkedHashMap<>();
        all.forEach((name, values) -> means.put(
                name, values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN)));
        return means;
    }

    /** The machine's form of it. */
    Map<String, Object> asMap() {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("layers", row.entry().layers());
            entry.put("optimizer", row.entry().optimizer());
            entry.put("sigmoid", row.entry().sigmoid());
            entry.put("tanh", row.entry().tanh());
            EntrySummary done = EntrySummary.of(row);
            entry.put("test", done.all(Figure.TEST));
            entry.put("validation", done.all(Figure.VALIDATION));
            entry.put("parameters", done.mean(Figure.PARAMETERS));
            entry.put("epochs", done.all(Figure.EPOCHS));
            entry.put("seconds", done.all(Figure.SECONDS));
            entry.put("note", done.note());
            entries.add(entry);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("entries", entries);
        map.put("baselines", baselines());
        return map;
    }

    /** As people read it. */
    Table text() {
        Table text = new Table().row(header().toArray());
        lines().forEach(line -> text.row(line.toArray()));
        return text;
    }

    /** A line for each run, figures unrounded, for other programs. */
    String csv() {
        StringBuilder csv = new StringBuilder(
                "layers,optimizer,sigmoid,tanh,run,parameters,test,validation,epochs,seconds,failure\n");
        for (Row row : rows) {
            for (GridRuns.Run run : row.runs()) {
                Map<String, Object> result = run.result();
                if (result != null) {
                    Grid.Entry entry = row.entry();
                    List<String> cells = new ArrayList<>(
                            List.of(entry.layers(), entry.optimizer(), entry.sigmoid(), entry.tanh(), run.name()));
                    for (Figure figure :
                            List.of(Figure.PARAMETERS, Figure.TEST, Figure.VALIDATION, Figure.EPOCHS, Figure.SECONDS)) {
                        double value = figure.of(result);
                        cells.add(Double.isFinite(value) ? Figures.plain(value) : "");
                    }
                    cells.add(GridRuns.failure(result));
                    csv.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n")));
                }
            }
        }
        return csv.toString();
    }
}
