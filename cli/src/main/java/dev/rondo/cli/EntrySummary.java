package dev.rondo.cli;

import dev.rondo.cli.GridRuns.Row;
import dev.rondo.cli.GridRuns.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What the runs of one entry of a comparison came to.
 *
 * @param row its runs
 * @param results of those that are complete and have figures
 */
record EntrySummary(Row row, List<Map<String, Object>> results) {
    static EntrySummary of(Row row) {
        return new EntrySummary(
                row,
                row.runs().stream()
                        .map(Run::result)
                        .filter(Objects::nonNull)
                        .<Map<String, Object>>map(Objects::requireNonNull)
                        .filter(result -> GridRuns.failure(result).isEmpty())
                        .toList());
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    /** Whether every run has figures. */
    boolean whole() {
        return results.size() == row.runs().size();
    }

    List<Double> all(Figure figure) {
        return results.stream().map(figure::of).toList();
    }

    double mean(Figure figure) {
        return values(figure).average().orElse(Double.NaN);
    }

    double least(Figure figure) {
        return values(figure).min().orElse(Double.NaN);
    }

    double greatest(Figure figure) {
        return values(figure).max().orElse(Double.NaN);
    }

    private DoubleStream values(Figure figure) {
        return results.stream().mapToDouble(figure::of);
    }

    /** What the figures do not say: runs that are missing and why. */
    String note() {
        List<String> notes = new ArrayList<>();
        int count = row.runs().size();
        long open = row.runs().stream().filter(run -> run.result() == null).count();
        if (open > 0) {
            notes.add(open + " of " + count + " not complete");
        }
        row.runs().stream()
                .map(Run::result)
                .filter(Objects::nonNull)
                .map(result -> GridRuns.failure(Objects.requireNonNull(result)))
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.groupingBy(reason -> reason, LinkedHashMap::new, Collectors.counting()))
                .forEach((reason, failed) -> notes.add((failed < count ? failed + " failed: " : "failed: ") + reason));
        return String.join("; ", notes);
    }
}
