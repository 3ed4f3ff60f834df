package dev.rondo.plugins.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a field of a CSV file can mean. */
enum Cell {
    NUMBER,
    DATE,
    MISSING,
    TEXT;

    private static final Set<String> ABSENT = Set.of("", "na", "n/a", "nan", "null", "none", "?", "-");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(\\d{4})[-/](\\d{1,2})(?:[-/](\\d{1,2})"
            + "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2}(?:\\.\\d+)?))? ?(?:Z|([+-])(\\d{2}):?(\\d{2}))?)?)?");

    static Cell of(String field) {
        String text = field.strip();
        if (text.length() <= 4 && ABSENT.contains(text.toLowerCase(Locale.ROOT))) {
            return MISSING;
        }
        // What is infinite is meant as a number, and refused as one.
        if (DECIMAL.matcher(text).matches() || INFINITE.matcher(text).matches()) {
            return NUMBER;
        }
        return Double.isNaN(days(text)) ? TEXT : DATE;
    }

    /** The number that {@code field} means; infinite where it is too large. */
    static double number(String field) {
        String text = field.strip();
        return INFINITE.matcher(text).matches() ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** Whether {@code number} is taken for Unix seconds or milliseconds where a time is looked for: 1973 or later. */
    static boolean isUnixTime(double number) {
        return number >= 1e8 && number < 1e14;
    }

    /** Whether {@code number} can be read as a date without signs between, {@code yyyymmdd}, of the years 1000 to 9999. */
    static boolean isDateInDigits(double number) {
        if (number != Math.rint(number) || number < 1000_01_01 || number > 9999_12_31) {
            return false;
        }
        int digits = (int) number;
        int month = digits / 100 % 100;
        return month >= 1
                && month <= 12
                && digits % 100 >= 1
                && digits % 100 <= YearMonth.of(digits / 10_000, month).lengthOfMonth();
    }

    /** Days since 1970 of a month {@code 1949-01}, a date {@code 1949-01-31} or a date and time; NaN for anything else. */
    static double days(String field) {
        Matcher found = TIME.matcher(field.strip());
        if (!found.matches()) {
            return Double.NaN;
        }
        try {
            int day = found.group(3) == null ? 1 : Integer.parseInt(found.group(3));
            long date = LocalDate.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), day)
                    .toEpochDay();
            return date + seconds(found) / 86_400;
        } catch (DateTimeException noSuchDay) {
            return Double.NaN;
        }
    }

    private static double seconds(Matcher found) {
        if (found.group(4) == null) {
            return 0;
        }
        double seconds = 3600.0 * Integer.parseInt(found.group(4)) + 60.0 * Integer.parseInt(found.group(5));
        if (found.group(6) != null) {
            seconds += Double.parseDouble(found.group(6));
        }
        if (seconds >= 86_400) {
            return Double.NaN;
        }
        if (found.group(7) != null) {
            double ahead = 3600.0 * Integer.parseInt(found.group(8)) + 60.0 * Integer.parseInt(found.group(9));
            seconds -= found.group(7).equals("-") ? -ahead : ahead;
        }
        return seconds;
    }
}
