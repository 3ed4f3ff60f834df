package dev.rondo.cli.chart;

import java.util.List;

/**
 * A line chart.
 *
 * @param logarithmic whether the vertical axis is
 */
public record Chart(String title, String horizontal, String vertical, boolean logarithmic, List<Line> lines) {
    /** Colours that differ for colour-blind readers too, on white. */
    public enum Colour {
        GREY("#8a8f98"),
        BLUE("#2563a8"),
        ORANGE("#d9662b"),
        GREEN("#2a8f6d");

        private final String code;

        Colour(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /**
     * One line; where a value is not finite, it has a gap.
     *
     * @param x ascending
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Line(String name, Colour colour, double width, double[] x, double[] y) {
        public Line {
            if (x.length != y.length) {
                throw new IllegalArgumentException(x.length + " places for " + y.length + " values");
            }
        }

        /** Values at {@code first}, {@code first + 1} and so on. */
        public static Line counted(String name, Colour colour, double width, int first, double[] y) {
            double[] x = new double[y.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = first + i;
            }
            return new Line(name, colour, width, x, y);
        }
    }

    public Chart {
        lines = List.copyOf(lines);
    }
}
