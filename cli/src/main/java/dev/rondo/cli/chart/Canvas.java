package dev.rondo.cli.chart;

/** Where a chart is drawn; coordinates in pixels from the upper left corner. */
interface Canvas {
    /** Where a text lies in relation to its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void line(double x1, double y1, double x2, double y2, String colour, double width);

    /** A line through {@code count} points. */
    void path(double[] x, double[] y, int count, String colour, double width);

    /** A text on one line; {@code upwards} turns it by a quarter to the left. */
    void text(double x, double y, String text, int size, String colour, Anchor anchor, boolean upwards);
}
