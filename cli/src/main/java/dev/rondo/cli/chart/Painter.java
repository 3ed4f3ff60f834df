package dev.rondo.cli.chart;

import dev.rondo.cli.chart.Canvas.Anchor;
import dev.rondo.cli.chart.Chart.Line;

/** Draws a chart: grid, round numbers, lines, legend. */
final class Painter {
    private static final String INK = "#2b2f36";
    private static final String FAINT = "#e4e7eb";
    private static final int LEFT = 70;
    private static final int RIGHT = 22;
    private static final int TOP = 44;
    private static final int BOTTOM = 46;
    private static final int LETTERS = 12;

    private final Chart chart;
    private final Canvas canvas;
    private final int width;
    private final int height;

    private Painter(Chart chart, Canvas canvas, int width, int height) {
        this.chart = chart;
        this.canvas = canvas;
        this.width = width;
        this.height = height;
    }

    static void paint(Chart chart, Canvas canvas, int width, int height) {
        new Painter(chart, canvas, width, height).paint();
    }

    private void paint() {
        double[] x = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] y = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Line line : chart.lines()) {
            for (int i = 0; i < line.y().length; i++) {
                if (visible(line.y()[i])) {
                    widen(x, line.x()[i]);
                    widen(y, line.y()[i]);
                }
            }
        }
        canvas.text(LEFT, 18, chart.title(), LETTERS + 2, INK, Anchor.START, false);
        if (x[0] > x[1]) {
            canvas.text(width / 2.0, height / 2.0, "nothing to draw", LETTERS, INK, Anchor.MIDDLE, false);
            return;
        }
        double room = chart.logarithmic() ? 0 : 0.04 * (y[1] - y[0]);
        Axis across = new Axis(x[0], x[1], LEFT, width - RIGHT, false, Math.max(3, (width - LEFT) / 110));
        Axis up = new Axis(
                y[0] - room, y[1] + room, height - BOTTOM, TOP, chart.logarithmic(), Math.max(3, (height - TOP) / 60));
        grid(across, up);
        chart.lines().forEach(line -> draw(line, across, up));
        legend();
    }

    private boolean visible(double value) {
        return Double.isFinite(value) && !(chart.logarithmic() && value <= 0);
    }

    private static void widen(double[] range, double value) {
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
    }

    private void grid(Axis across, Axis up) {
        for (Axis.Tick tick : up.ticks()) {
            double y = up.at(tick.value());
            canvas.line(LEFT, y, width - RIGHT, y, FAINT, 1);
            canvas.text(LEFT - 8, y + 4, tick.label(), LETTERS, INK, Anchor.END, false);
        }
        double bottom = height - BOTTOM;
        for (Axis.Tick tick : across.ticks()) {
            double x = across.at(tick.value());
            canvas.line(x, bottom, x, bottom + 4, INK, 1);
            canvas.text(x, bottom + 18, tick.label(), LETTERS, INK, Anchor.MIDDLE, false);
        }
        canvas.line(LEFT, bottom, width - RIGHT, bottom, INK, 1);
        canvas.text((LEFT + width - RIGHT) / 2.0, height - 8, chart.horizontal(), LETTERS, INK, Anchor.MIDDLE, false);
        canvas.text(16, (TOP + bottom) / 2, chart.vertical(), LETTERS, INK, Anchor.MIDDLE, true);
    }

    private void draw(Line line, Axis across, Axis up) {
        double[] x = new double[line.x().length];
        double[] y = new double[x.length];
        int count = 0;
        for (int i = 0; i < line.x().length; i++) {
            if (visible(line.y()[i])) {
                x[count] = across.at(line.x()[i]);
                y[count++] = up.at(line.y()[i]);
            } else {
                canvas.path(x, y, count, line.colour().code(), line.width());
                count = 0;
            }
        }
        canvas.path(x, y, count, line.colour().code(), line.width());
    }

    private void legend() {
        double x = LEFT;
        for (Line line : chart.lines()) {
            canvas.line(x, 33, x + 20, 33, line.colour().code(), Math.max(2, line.width()));
            canvas.text(x + 26, 37, line.name(), LETTERS, INK, Anchor.START, false);
            x += 26 + 7 * line.name().length() + 22;
        }
    }
}
