package dev.rondo.cli;

import dev.rondo.cli.chart.Chart;
import dev.rondo.cli.chart.Chart.Line;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** A chart in dots of text, for a first look without a file. */
final class Sketch {
    private static final int COLUMNS = 72;
    private static final int ROWS = 10;
    /** Bits of the dots of a Braille letter, by row and column. */
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private Sketch() {}

    static void print(Chart chart, PrintStream out) {
        double[] x = range(chart, Line::x);
        double[] y = range(chart, Line::y);
        int[][] letters = new int[ROWS][COLUMNS];
        for (Line line : chart.lines()) {
            draw(line, x, y, letters);
        }
        for (int row = 0; row < ROWS; row++) {
            StringBuilder text = new StringBuilder();
            for (int letter : letters[row]) {
                text.append((char) (0x2800 + letter));
            }
            String label = row == 0 ? number(y[1]) : row == ROWS - 1 ? number(y[0]) : "";
            out.printf("%10s %s%n", label, text);
        }
        out.printf("%10s %s%n", "", chart.horizontal());
    }

    private static double[] range(Chart chart, Function<Line, double[]> values) {
        return new double[] {
            chart.lines().stream()
                    .map(values)
                    .flatMapToDouble(Arrays::stream)
                    .filter(Double::isFinite)
                    .min()
                    .orElse(0),
            chart.lines().stream()
                    .map(values)
                    .flatMapToDouble(Arrays::stream)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(1)
        };
    }

    /** A dot in every column of dots that the line passes, between its values on a straight line. */
    private static void draw(Line line, double[] x, double[] y, int[][] letters) {
        int next = 1;
        for (int column = 0; column < 2 * COLUMNS; column++) {
            double place = x[0] + (x[1] - x[0]) * column / (2 * COLUMNS - 1);
            while (next < line.x().length - 1 && line.x()[next] < place) {
                next++;
            }
            if (next >= line.x().length || place < line.x()[0] || place > line.x()[line.x().length - 1]) {
                continue;
            }
            double share = (place - line.x()[next - 1]) / (line.x()[next] - line.x()[next - 1]);
            double value = line.y()[next - 1] + share * (line.y()[next] - line.y()[next - 1]);
            if (Double.isFinite(value)) {
                double height = y[1] > y[0] ? (value - y[0]) / (y[1] - y[0]) : 0.5;
                int row = (int) Math.round((1 - height) * (4 * ROWS - 1));
                letters[row / 4][column / 2] |= DOTS[row % 4][column % 2];
            }
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
