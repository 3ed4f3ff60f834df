package dev.rondo.core.data;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.UsageException;

/**
 * Which shares of the targets are for validation and for the test; the rest, which comes first in time, is for training.
 *
 * <p>Of n targets the last round(test · n) are the test part, the round(validation · n) before them the validation part.
 *
 * @param validation share from 0 up
 * @param test share from 0 up
 */
public record Split(double validation, double test) {
    /** 70 % for training, 10 % for validation, 20 % for the test. */
    public static final Split STANDARD = new Split(0.1, 0.2);

    public Split {
        if (!(validation > 0 && test > 0 && validation + test < 1)) {
            throw new UsageException(
                    "a split into training, validation and test needs three parts above 0 that make 100 %, as in 70/10/20");
        }
    }

    /** Reads {@code 70/10/20}. */
    public static Split parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 3) {
            try {
                double training = Double.parseDouble(parts[0].strip());
                double validation = Double.parseDouble(parts[1].strip());
                double test = Double.parseDouble(parts[2].strip());
                if (Math.abs(training + validation + test - 100) < 1e-6 && training > 0) {
                    return new Split(validation / 100, test / 100);
                }
            } catch (NumberFormatException notANumber) {
                throw wrong(text);
            }
        }
        throw wrong(text);
    }

    /** The three parts of {@code steps} targets: training, validation, test. */
    Span[] spans(int steps) {
        return spans(steps, 1);
    }

    /** The three parts of {@code steps} targets, of which each {@code together} are not torn apart. */
    Span[] spans(int steps, int together) {
        int pieces = steps / together;
        int last = (int) Math.round(test * pieces);
        int middle = (int) Math.round(validation * pieces);
        int first = pieces - last - middle;
        if (first < (together > 1 ? 1 : 2) || middle < 1 || last < 1) {
            String what = together > 1 ? " episodes of " + together + " steps" : " values to predict";
            throw new DataException("the series has " + pieces + what + "; split " + this + " that makes " + first
                    + " for training, " + middle + " for validation and " + last + " for the test, but at least "
                    + (together > 1 ? 1 : 2) + ", 1 and 1 are needed: take a longer series or another split");
        }
        int second = first + middle;
        return new Span[] {
            new Span(0, first * together),
            new Span(first * together, second * together),
            new Span(second * together, steps)
        };
    }

    @Override
    public String toString() {
        return percent(1 - validation - test) + "/" + percent(validation) + "/" + percent(test);
    }

    private static String percent(double share) {
        double hundredth = Math.round(share * 1e6) / 1e4;
        return hundredth == Math.rint(hundredth) ? Long.toString((long) hundredth) : Double.toString(hundredth);
    }

    private static UsageException wrong(String text) {
        return new UsageException("'" + text + "' is no split: three parts above 0 that make 100, as in 70/10/20");
    }
}
