package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.cli.chart.Picture;
import dev.rondo.core.Model;
import dev.rondo.core.data.Accuracy;
import dev.rondo.core.data.BaselineResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
        text.println("ended after " + outcome.result().epochs() + " epochs and "
                + Figures.shortly(outcome.result().seconds()) + " s, because "
                + outcome.result().ending()
                + (outcome.result().bestEpoch() > 0
                        ? "; kept: epoch " + outcome.result().bestEpoch() + ", the best on the validation part"
                        : ""));
        text.println();
        text.println("test part, "
                + Figures.grouped(outcome.parts().test().accuracy().count())
                + " forecasts of one step, in the data's own units:");
        Table table = new Table().row("", "MSE", "RMSE", "MAE", "");
        row(table, "model", outcome.parts().test().accuracy(), "");
        for (BaselineResult each : outcome.baselines()) {
            row(table, each.name(), each.test(), each.description());
        }
        table.print(text, "  ");
    }

    private static void row(Table table, String name, Accuracy accuracy, String what) {
        table.row(
                name,
                Figures.shortly(accuracy.mse()),
                Figures.shortly(accuracy.rmse()),
                Figures.shortly(accuracy.mae()),
                what);
    }
}
