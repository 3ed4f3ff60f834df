package dev.rondo.cli;

/** Writes cells of CSV. */
final class Csv {
    private Csv() {}

    /** {@code text}, in quotes where a reader would otherwise split it. */
    static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
