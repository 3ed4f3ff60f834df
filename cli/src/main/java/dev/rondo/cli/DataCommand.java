package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import dev.rondo.cli.chart.Chart;
import dev.rondo.cli.chart.Chart.Colour;
import dev.rondo.cli.chart.Chart.Line;
import dev.rondo.cli.chart.Picture;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Sources;
import dev.rondo.core.files.AtomicFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rondo data}: what a source gives. */
@Command(
        name = "data",
        description = "Prints the series of a source as CSV, and draws them.",
        mixinStandardHelpOptions = true)
final class DataCommand implements Runnable {
    private static final List<Colour> COLOURS = List.of(Colour.BLUE, Colour.ORANGE, Colour.GREEN, Colour.GREY);

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Spec of a source, as in mackey_glass or csv:prices.csv.")
    private String source;

    @Option(
            names = "--series",
            defaultValue = "1",
            description = "How many series a generator makes (${DEFAULT-VALUE}).")
    private int series;

    @Option(names = "--length", defaultValue = "1000", description = "How many values each has (${DEFAULT-VALUE}).")
    private int length;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of generated series (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--picture", paramLabel = "PNG", description = "Also draw the first series into this file.")
    private @Nullable Path picture;

    @Override
    public void run() {
        TrainOptions.requireGenerator(main.rondo(), source, spec.commandLine().getParseResult());
        NewFile.require(picture);
        DataSetup setup = DataSetup.standard()
                .withSeries(Count.require("--series", series))
                .withLength(Count.require("--length", length))
                .withSeed(seed);
        Series data = Sources.open(main.rondo().source(source), setup, main.err()::println);
        Chart chart = chart(data);
        Sketch.print(chart, main.err());
        if (picture != null) {
            write(chart, picture);
        }
        print(data, main.out());
    }

    private void write(Chart chart, Path file) {
        try {
            Picture.write(chart, 900, 340, file);
        } catch (IOException e) {
            throw new DataException("cannot write " + file + ": " + AtomicFile.reason(e), e);
        }
        main.err().println("picture: " + file);
    }

    private Chart chart(Series data) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(COLOURS.size(), data.count()); i++) {
            for (int column = 0; column < data.columns().size() && lines.size() < COLOURS.size(); column++) {
                String name = data.columns().get(column) + (data.count() > 1 ? " of series " + (i + 1) : "");
                lines.add(Line.counted(name, COLOURS.get(lines.size()), 1.3, 0, values(data, i, column)));
            }
        }
        return new Chart(source, "step", "value", false, lines);
    }

    private static double[] values(Series data, int row, int column) {
        double[] values = new double[data.length()];
        for (int t = 0; t < values.length; t++) {
            values[t] = data.values()[row][t][column];
        }
        return values;
    }

    private static void print(Series data, PrintStream out) {
        boolean many = data.count() > 1;
        StringBuilder head = new StringBuilder(many ? "series,step" : "step");
        data.columns().forEach(column -> head.append(',').append(Csv.cell(column)));
        out.println(head);
        for (int i = 0; i < data.count(); i++) {
            for (int t = 0; t < data.length(); t++) {
                StringBuilder line = new StringBuilder(many ? (i + 1) + "," : "");
                line.append(Csv.cell(data.label(t)));
                for (int column = 0; column < data.columns().size(); column++) {
                    String name = data.columns().get(column);
                    line.append(',').append(Csv.value(data, name, data.values()[i][t][column]));
                }
                out.println(line);
            }
        }
    }
}
