package dev.rondo.cli.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Maps values to pixels, and chooses the round numbers that stand beside them. */
final class Axis {
    private static final double[] STEPS = {1, 2, 5, 10};

    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final boolean logarithmic;
    private final List<Tick> ticks;

    /** A round number and how it is written. */
    record Tick(double value, String label) {}

    /**
     * An axis for values from {@code low} to {@code high}.
     *
     * @param from pixel of {@code low}
     * @param to pixel of {@code high}
     * @param wanted how many ticks there should about be
     */
    Axis(double low, double high, double from, double to, boolean logarithmic, int wanted) {
        double least = low;
        double most = high;
        if (!(most > least)) {
            double around = logarithmic ? least / 2 : Math.max(0.5, Math.abs(least) / 10);
            least -= around;
            most = logarithmic ? most * 2 : most + around;
        }
        this.low = logarithmic ? Math.log10(least) : least;
        this.high = logarithmic ? Math.log10(most) : most;
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
        this.ticks = logarithmic ? decades(wanted) : round(wanted);
    }

    double at(double value) {
        double place = logarithmic ? Math.log10(value) : value;
        return from + (place - low) / (high - low) * (to - from);
    }

    List<Tick> ticks() {
        return ticks;
    }

    private List<Tick> round(int wanted) {
        double rough = (high - low) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * power;
        for (double each : STEPS) {
            if (each * power >= rough) {
                step = each * power;
                break;
            }
        }
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        boolean wide = Math.max(Math.abs(low), Math.abs(high)) >= 1e6 || digits > 5;
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            double value = i * step;
            String format = wide ? "%.1e" : "%." + digits + "f";
            ticks.add(new Tick(value, String.format(Locale.ROOT, format, value == 0 ? 0.0 : value)));
        }
        return ticks;
    }

    /** Powers of ten, and where those are few also their double and fivefold. */
    private List<Tick> decades(int wanted) {
        double span = high - low;
        double[] factors =
                span < 1 ? new double[] {1, 1.5, 2, 3, 4, 5, 7} : span < 3 ? new double[] {1, 2, 5} : new double[] {1};
        int stride = (int) Math.max(1, Math.ceil(span / wanted));
        List<Tick> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(low); power <= high; power += stride) {
            for (double factor : factors) {
                double value = factor * Math.pow(10, power);
                if (Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9) {
                    ticks.add(
                            new Tick(value, low >= -3.5 && high <= 5 ? plain(value, power) : exponent(factor, power)));
                }
            }
        }
        return ticks;
    }

    private static String plain(double value, int power) {
        String text = String.format(Locale.ROOT, "%." + Math.max(0, 1 - power) + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    private static String exponent(double factor, int power) {
        String mantissa = factor == Math.rint(factor) ? Integer.toString((int) factor) : Double.toString(factor);
        return mantissa + "e" + power;
    }
}
