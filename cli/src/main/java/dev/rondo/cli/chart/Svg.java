package dev.rondo.cli.chart;

import java.util.Locale;

/** Charts as SVG, to stand in an HTML page. */
public final class Svg {
    private Svg() {}

    /** An {@code <svg>} element that scales with its page. */
    public static String of(Chart chart, int width, int height) {
        Elements elements = new Elements();
        Painter.paint(chart, elements, width, height);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height
                + "\" role=\"img\" aria-label=\"" + escape(chart.title())
                + "\" font-family=\"system-ui, sans-serif\">\n"
                + elements.text + "</svg>\n";
    }

    /** {@code text} as it stands in HTML and XML. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static final class Elements implements Canvas {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void line(double x1, double y1, double x2, double y2, String colour, double width) {
            text.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                    x1,
                    y1,
                    x2,
                    y2,
                    colour,
                    width));
        }

        @Override
        public void path(double[] x, double[] y, int count, String colour, double width) {
            if (count == 0) {
                return;
            }
            text.append("<polyline fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke=\"")
                    .append(colour)
                    .append(String.format(Locale.ROOT, "\" stroke-width=\"%.1f\" points=\"", width));
            for (int i = 0; i < count; i++) {
                text.append(String.format(Locale.ROOT, "%.1f,%.1f ", x[i], y[i]));
            }
            if (count == 1) { // a line of no length is drawn as a dot
                text.append(String.format(Locale.ROOT, "%.1f,%.1f", x[0], y[0]));
            }
            text.append("\"/>\n");
        }

        @Override
        public void text(double x, double y, String words, int size, String colour, Anchor anchor, boolean upwards) {
            String turn = upwards ? String.format(Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", x, y) : "";
            text.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" fill=\"%s\" text-anchor=\"%s\"%s>%s</text>%n",
                    x,
                    y,
                    size,
                    colour,
                    anchor.name().toLowerCase(Locale.ROOT),
                    turn,
                    escape(words)));
        }
    }
}
