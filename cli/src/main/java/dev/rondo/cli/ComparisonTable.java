package dev.rondo.cli;

import dev.rondo.cli.GridRuns.Row;
import dev.rondo.cli.GridRuns.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        List<Map<String, Object>> done = complete(row);
        cells.add(done.isEmpty() ? "-" : Figures.grouped((long) mean(done, Figure.PARAMETERS)));
        cells.add(Figures.shortly(mean(done, Figure.TEST)));
        cells.add(
                Figures.shortly(done.stream().mapToDouble(Figure.TEST::of).min().orElse(Double.NaN)));
        cells.add(
                Figures.shortly(done.stream().mapToDouble(Figure.TEST::of).max().orElse(Double.NaN)));
        cells.add(Figures.shortly(mean(done, Figure.VALIDATION)));
        cells.add(done.isEmpty() ? "-" : Figures.grouped(Math.round(mean(done, Figure.EPOCHS))));
        cells.add(done.isEmpty() ? "-" : Figures.shortly(mean(done, Figure.SECONDS)));
        cells.add(note(row, done.size()));
        return cells;
    }

    private static List<Map<String, Object>> complete(Row row) {
        return row.runs().stream()
                .map(Run::result)
                .filter(Objects::nonNull)
                .<Map<String, Object>>map(Objects::requireNonNull)
                .filter(result -> GridRuns.failure(result).isEmpty())
                .toList();
    }

    private static double mean(List<Map<String, Object>> results, Figure figure) {
        return results.stream().mapToDouble(figure::of).average().orElse(Double.NaN);
    }

    /** What the figures do not say: runs that are missing and why. */
    private static String note(Row row, int done) {
        List<String> notes = new ArrayList<>();
        long open = row.runs().stream().filter(run -> run.result() == null).count();
        if (open > 0) {
            notes.add(open + " of " + row.runs().size() + " not complete");
        }
        row.runs().stream()
                .map(Run::result)
                .filter(Objects::nonNull)
                .map(result -> GridRuns.failure(Objects.requireNonNull(result)))
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.groupingBy(reason -> reason, LinkedHashMap::new, Collectors.counting()))
                .forEach((reason, count) ->
                        notes.add((count < row.runs().size() || done > 0 ? count + " failed: " : "failed: ") + reason));
        return String.join("; ", notes);
    }

    /** Mean test figure of each baseline over the seeds; the data of a seed are the same for all entries. */
    Map<String, Double> baselines() {
        Map<String, List<Double>> all = new LinkedHashMap<>();
        for (Row row : rows) {
            List<Map<String, Object>> done = complete(row);
            if (done.size() == row.runs().size()) {
                for (Map<String, Object> result : done) {
                    if (result.get("baselines") instanceof Map<?, ?> baselines) {
                        baselines.forEach((name, figures) -> all.computeIfAbsent(
                                        String.valueOf(name), any -> new ArrayList<>())
                                .add(figures instanceof Map<?, ?> map ? Figure.number(map.get("mse")) : Double.NaN));
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
            entry.put("test", complete(row).stream().map(Figure.TEST::of).toList());
            entry.put(
                    "validation",
                    complete(row).stream().map(Figure.VALIDATION::of).toList());
            entry.put("parameters", mean(complete(row), Figure.PARAMETERS));
            entry.put("epochs", complete(row).stream().map(Figure.EPOCHS::of).toList());
            entry.put("seconds", complete(row).stream().map(Figure.SECONDS::of).toList());
            entry.put("note", note(row, complete(row).size()));
            entries.add(entry);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("entries", entries);
        map.put("baselines", baselines());
        return map;
    }
}
