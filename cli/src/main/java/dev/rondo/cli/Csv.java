package dev.rondo.cli;

import dev.rondo.api.spi.Series;
import java.util.List;

/** Writes cells of CSV. */
final class Csv {
    private Csv() {}

    /** {@code text}, in quotes where a reader would otherwise split it. */
    static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A value of a column: the name of its class, or the number. */
    static String value(Series series, String column, float value) {
        List<String> names = series.classes().get(column);
        return names == null ? Float.toString(value) : cell(names.get((int) value));
    }
}
