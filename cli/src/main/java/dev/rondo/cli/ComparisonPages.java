package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.cli.GridRuns.Row;
import dev.rondo.cli.GridRuns.Run;
import dev.rondo.cli.chart.Chart;
import dev.rondo.cli.chart.Chart.Colour;
import dev.rondo.cli.chart.Chart.Line;
import dev.rondo.cli.chart.Svg;
import dev.rondo.core.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison as pages: HTML with the loss curves, and Markdown with the table alone. */
final class ComparisonPages {
    /** First line of the pages in Markdown, by which they are told from files that people wrote. */
    static final String MARK =
            "<!-- Written by rondo compare, which replaces this page when it is asked for it again. -->";

    private static final int WIDTH = 450;
    private static final int HEIGHT = 260;
    private static final Colour[] COLOURS = {Colour.BLUE, Colour.ORANGE, Colour.GREEN, Colour.GREY};

    private final String command;
    private final List<String> facts;
    private final List<Row> rows;
    private final ComparisonTable table;
    private final ComparisonOverview overview;

    /**
     * @param command that makes it
     * @param facts in sentences: what was trained on, with what budget, on what
     */
    ComparisonPages(String command, List<String> facts, List<Row> rows) {
        this.command = command;
        this.facts = facts;
        this.rows = rows;
        this.table = new ComparisonTable(rows);
        this.overview = ComparisonOverview.of(rows);
    }

    String markdown(String title) {
        StringBuilder page = new StringBuilder(MARK + "\n\n# " + title + "\n\n");
        facts.forEach(fact -> page.append("- ").append(fact).append('\n'));
        page.append("\n    ").append(command).append("\n\n");
        if (overview.useful()) {
            page.append(ComparisonOverview.LEGEND).append("\n\n").append(head(overview.header()));
            overview.lines().forEach(line -> page.append(markdown(cells(line, "**", "**"))));
            page.append("\nAll combinations:\n\n");
        }
        page.append(head(table.header()));
        table.lines().forEach(line -> page.append(markdown(line)));
        page.append("\nBaselines, mean test figure over the same seeds: ")
                .append(table.baselines().entrySet().stream()
                        .map(each -> each.getKey() + " " + Figures.shortly(each.getValue()))
                        .collect(Collectors.joining(", ")))
                .append(".\n");
        return page.toString();
    }

    private static String head(List<String> header) {
        return markdown(header) + header.stream().map(any -> "---").collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** The cells of a line, the chosen one between {@code before} and {@code after}. */
    private static List<String> cells(ComparisonOverview.Line line, String before, String after) {
        List<String> cells = new ArrayList<>(List.of(line.layers()));
        for (int i = 0; i < line.cells().size(); i++) {
            String cell = line.cells().get(i);
            cells.add(i == line.chosen() ? before + cell + after : cell);
        }
        return cells;
    }

    private static String markdown(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    String html(String title) {
        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Svg.escape(title))
                .append(" · Rondo</title>\n<style>\n")
                .append(Report.STYLE)
                .append("body { max-width: 1280px; } .curves { display: grid; gap: 1.2rem;"
                        + " grid-template-columns: repeat(auto-fill, minmax(380px, 1fr)); }\n")
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(Svg.escape(title))
                .append("</h1>\n<ul>\n");
        facts.forEach(fact -> html.append("<li>").append(Svg.escape(fact)).append("</li>\n"));
        html.append("</ul>\n<pre>").append(Svg.escape(command)).append("</pre>\n");
        if (overview.useful()) {
            html.append("<p>").append(ComparisonOverview.LEGEND).append("</p>\n<table>\n");
            row(html, "th", overview.header());
            overview.lines().forEach(line -> {
                List<String> escaped = new ArrayList<>();
                cells(line, "\0", "\1")
                        .forEach(cell -> escaped.add(
                                Svg.escape(cell).replace("\0", "<b>").replace("\1", "</b>")));
                escapedRow(html, "td", escaped);
            });
            html.append("</table>\n<h2>All combinations</h2>\n");
        }
        html.append("<table>\n");
        row(html, "th", table.header());
        table.lines().forEach(line -> row(html, "td", line));
        table.baselines().forEach((name, figure) -> row(html, "td", baseline(name, figure)));
        html.append("</table>\n<h2>Validation loss by epoch, a line for each seed</h2>\n<div class=\"curves\">\n");
        rows.forEach(each ->
                html.append("<div>").append(Svg.of(curves(each), WIDTH, HEIGHT)).append("</div>\n"));
        return html.append("</div>\n</body>\n</html>\n").toString();
    }

    private List<String> baseline(String name, double figure) {
        List<String> cells =
                new ArrayList<>(table.header().stream().map(any -> "").toList());
        cells.set(0, name + " (baseline)");
        cells.set(table.header().indexOf("test"), Figures.shortly(figure));
        return cells;
    }

    private static void row(StringBuilder html, String cell, List<String> texts) {
        escapedRow(html, cell, texts.stream().map(Svg::escape).toList());
    }

    private static void escapedRow(StringBuilder html, String cell, List<String> texts) {
        html.append("<tr>");
        texts.forEach(text -> html.append('<')
                .append(cell)
                .append('>')
                .append(text)
                .append("</")
                .append(cell)
                .append('>'));
        html.append("</tr>\n");
    }

    private static Chart curves(Row row) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < row.runs().size(); i++) {
            double[] losses = losses(row.runs().get(i));
            if (losses.length > 0) {
                String name = row.runs().get(i).name();
                lines.add(Line.counted(name, COLOURS[i % COLOURS.length], 1.4, 1, losses));
            }
        }
        String gates = (row.entry().sigmoid().isEmpty()
                        ? ""
                        : ", sigmoid " + row.entry().sigmoid())
                + (row.entry().tanh().isEmpty() ? "" : ", tanh " + row.entry().tanh());
        String title = row.entry().layers() + ", " + row.entry().optimizer() + gates;
        return new Chart(title, "epoch", "validation loss", true, lines);
    }

    private static double[] losses(Run run) {
        Path file = run.folder().resolve("metrics.jsonl");
        if (!Files.exists(file)) {
            return new double[0];
        }
        try {
            return Files.readAllLines(file).stream()
                    .mapToDouble(line -> Figure.VALIDATION.of(Json.object(line)))
                    .toArray();
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
