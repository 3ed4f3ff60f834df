package dev.rondo.cli;

import dev.rondo.cli.chart.Chart;
import dev.rondo.cli.chart.Chart.Line;
import java.io.PrintStream;
import java.util.Locale;

/** A chart's first line in dots of text, for a first look without a file. */
final class Sketch {
    private static final int COLUMNS = 72;
    private static final int ROWS = 10;
    /** Bits of the dots of a Braille letter, by row and column. */
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private Sketch() {}

    static void print(Chart chart, PrintStream out) {
        Line line = chart.lines().get(0);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : line.y()) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        int[][] letters = new int[ROWS][COLUMNS];
        int across = 2 * COLUMNS;
        for (int i = 0; i < line.y().length; i++) {
            if (Double.isFinite(line.y()[i])) {
                int x = line.y().length < 2 ? 0 : (int) Math.round((double) i * (across - 1) / (line.y().length - 1));
                double share = high > low ? (line.y()[i] - low) / (high - low) : 0.5;
                int y = (int) Math.round((1 - share) * (4 * ROWS - 1));
                letters[y / 4][x / 2] |= DOTS[y % 4][x % 2];
            }
        }
        for (int row = 0; row < ROWS; row++) {
            StringBuilder text = new StringBuilder();
            for (int letter : letters[row]) {
                text.append((char) (0x2800 + letter));
            }
            String label = row == 0 ? number(high) : row == ROWS - 1 ? number(low) : "";
            out.printf("%10s %s%n", label, text);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
