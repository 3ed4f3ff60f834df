package dev.rondo.cli;

import dev.rondo.cli.GridRuns.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The test figures of a comparison with a line for each stack of layers and a column for each way in which it was trained.
 *
 * @param header names of the columns
 * @param lines of the table
 */
record ComparisonOverview(List<String> header, List<Line> lines) {
    /** What the mark means, for the reader of a page. */
    static final String LEGEND =
            "Test figure: mean over the seeds (least to greatest). In bold, of each line, what has the"
                    + " least mean validation loss; the test figures had no part in that choice.";

    /**
     * A line.
     *
     * @param cells behind the layers
     * @param chosen which of them has the least mean validation loss; -1 for none
     */
    record Line(String layers, List<String> cells, int chosen) {
        Line {
            cells = List.copyOf(cells);
        }
    }

    ComparisonOverview {
        header = List.copyOf(header);
        lines = List.copyOf(lines);
    }

    /** Whether there is anything to see that the whole table does not show as well. */
    boolean useful() {
        return header.size() > 2;
    }

    static ComparisonOverview of(List<Row> rows) {
        Map<String, List<EntrySummary>> byLayers = new LinkedHashMap<>();
        rows.forEach(row -> byLayers.computeIfAbsent(row.entry().layers(), any -> new ArrayList<>())
                .add(EntrySummary.of(row)));
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.add(way(row, rows)));
        List<String> header = new ArrayList<>(List.of("layers"));
        header.addAll(columns);
        List<Line> lines = new ArrayList<>();
        byLayers.forEach((layers, entries) -> lines.add(
                new Line(layers, entries.stream().map(ComparisonOverview::cell).toList(), chosen(entries))));
        return new ComparisonOverview(header, lines);
    }

    /** What tells the entry from the others with the same layers. */
    private static String way(Row row, List<Row> rows) {
        List<String> parts = new ArrayList<>();
        if (differ(rows, Grid.Entry::optimizer)) {
            parts.add(row.entry().optimizer());
        }
        if (differ(rows, Grid.Entry::sigmoid)) {
            parts.add("sigmoid " + row.entry().sigmoid());
        }
        if (differ(rows, Grid.Entry::tanh)) {
            parts.add("tanh " + row.entry().tanh());
        }
        return parts.isEmpty() ? "test" : String.join(", ", parts);
    }

    private static boolean differ(List<Row> rows, Function<Grid.Entry, String> part) {
        return rows.stream().map(row -> part.apply(row.entry())).distinct().count() > 1;
    }

    private static String cell(EntrySummary entry) {
        if (entry.isEmpty()) {
            return entry.note().startsWith("failed") ? "failed" : "-";
        }
        String mean = Figures.shortly(entry.mean(Figure.TEST));
        String range = entry.results().size() < 2
                ? ""
                : " (" + Figures.shortly(entry.least(Figure.TEST)) + " to "
                        + Figures.shortly(entry.greatest(Figure.TEST)) + ")";
        return mean
                + range
                + (entry.whole()
                        ? ""
                        : ", " + entry.results().size() + " of "
                                + entry.row().runs().size() + " runs");
    }

    /** The entry with the least mean validation loss among those whose runs all have figures. */
    static int chosen(List<EntrySummary> entries) {
        int best = -1;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).whole()
                    && (best < 0
                            || entries.get(i).mean(Figure.VALIDATION)
                                    < entries.get(best).mean(Figure.VALIDATION))) {
                best = i;
            }
        }
        return best;
    }
}
