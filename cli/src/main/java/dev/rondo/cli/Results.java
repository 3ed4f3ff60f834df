package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.cli.chart.Picture;
import dev.rondo.core.Model;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a finished run prints and leaves in its folder. */
final class Results {
    private final PrintStream text;
    private final Outcome outcome;
    private final Model trained;
    private final int future;

    Results(PrintStream text, Outcome outcome, Model trained, int future) {
        this.text = text;
        this.outcome = outcome;
        this.trained = trained;
        this.future = future;
    }

    void writeAll() {
        print();
        Path directory = outcome.directory();
        try {
            Files.writeString(directory.resolve("report.html"), Report.of(outcome));
            Picture.write(Report.forecast(outcome), Report.WIDTH, Report.HEIGHT, directory.resolve("forecast.png"));
            if (future > 0) {
                Ahead ahead = Ahead.of(trained, outcome.data().series(), future);
                Files.writeString(directory.resolve("future.csv"), ahead.csv());
                Picture.write(ahead.chart(), Report.WIDTH, Report.HEIGHT, directory.resolve("future.png"));
            }
        } catch (IOException e) {
            throw new DataException("cannot write the report into " + directory + ": " + e.getMessage(), e);
        }
        text.println();
        text.println("report  " + directory.resolve("report.html"));
        text.println("model   " + directory.resolve("model.safetensors"));
    }

    private void print() {
        text.println();
        text.println("ended after " + Figures.epochs(outcome.result().epochs()) + " and "
                + Figures.shortly(outcome.result().seconds()) + " s, because "
                + outcome.result().ending()
                + (outcome.result().bestEpoch() > 0
                        ? "; kept: epoch " + outcome.result().bestEpoch() + ", the best on the validation part"
                        : ""));
        text.println();
        Comparison comparison = outcome.comparison();
        text.println("test part, " + comparison.counted() + ":");
        List<String> head = new ArrayList<>(List.of(""));
        comparison.metrics().forEach(each -> head.add(each.spec()));
        head.add("");
        Table table = new Table().row(head.toArray());
        row(table, comparison.model(), "");
        comparison.baselines().forEach(each -> row(table, each, each.what()));
        table.print(text, "  ");
        comparison.remarks().forEach(each -> text.println("  " + each));
    }

    private static void row(Table table, Comparison.Row row, String what) {
        List<String> cells = new ArrayList<>(List.of(row.name()));
        row.test().values().forEach(each -> cells.add(Figures.shortly(each)));
        cells.add(what);
        table.row(cells.toArray());
    }
}
