package dev.rondo.cli.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Charts as PNG files. */
public final class Picture {
    /** Twice the pixels, so that it stays sharp on dense screens and in print. */
    private static final int SCALE = 2;

    private Picture() {}

    /** Writes {@code chart} to {@code file}; {@code width} and {@code height} as for {@link Svg}. */
    public static void write(Chart chart, int width, int height, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(SCALE, SCALE);
            Painter.paint(chart, new Pixels(graphics), width, height);
        } finally {
            graphics.dispose();
        }
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    private record Pixels(Graphics2D graphics) implements Canvas {
        @Override
        public void line(double x1, double y1, double x2, double y2, String colour, double width) {
            pen(colour, width);
            graphics.draw(new Line2D.Double(x1, y1, x2, y2));
        }

        @Override
        public void path(double[] x, double[] y, int count, String colour, double width) {
            if (count == 0) {
                return;
            }
            Path2D path = new Path2D.Double();
            path.moveTo(x[0], y[0]);
            for (int i = 1; i < count; i++) {
                path.lineTo(x[i], y[i]);
            }
            if (count == 1) {
                path.lineTo(x[0], y[0]); // a line of no length is drawn as a dot
            }
            pen(colour, width);
            graphics.draw(path);
        }

        @Override
        public void text(double x, double y, String words, int size, String colour, Anchor anchor, boolean upwards) {
            graphics.setColor(Color.decode(colour));
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
            double length = graphics.getFontMetrics().stringWidth(words);
            double before = switch (anchor) {
                case START -> 0;
                case MIDDLE -> length / 2;
                case END -> length;
            };
            AffineTransform straight = graphics.getTransform();
            graphics.translate(x, y);
            if (upwards) {
                graphics.rotate(-Math.PI / 2);
            }
            graphics.drawString(words, (float) -before, 0);
            graphics.setTransform(straight);
        }

        private void pen(String colour, double width) {
            graphics.setColor(Color.decode(colour));
            graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
    }
}
