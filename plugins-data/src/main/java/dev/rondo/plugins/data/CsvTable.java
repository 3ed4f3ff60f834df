package dev.rondo.plugins.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.UsageException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a CSV file, every row as long as the header.
 *
 * @param file as the user named it
 * @param names of the columns; their numbers, from 1, where the file has no header
 * @param rows below the header
 */
record CsvTable(String file, List<String> names, List<Row> rows) {
    /** How fields are separated. */
    enum Delimiter {
        AUTO('\0'),
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t');

        private final char character;

        Delimiter(char character) {
            this.character = character;
        }
    }

    /** Whether the first line holds names. */
    enum Header {
        AUTO,
        YES,
        NO
    }

    /**
     * One row.
     *
     * @param line number in the file, from 1
     */
    record Row(long line, List<String> fields) {}

    static CsvTable read(String file, Delimiter delimiter, Header header) {
        String text = PlainText.read(file, "CSV", "the rows and columns that are needed");
        char separator = delimiter == Delimiter.AUTO ? separator(text) : delimiter.character;
        List<Row> rows = new ArrayList<>();
        try {
            for (CsvRecord each : CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(text)) {
                rows.add(new Row(each.getStartingLineNumber(), each.getFields()));
            }
        } catch (CsvParseException | UncheckedIOException broken) {
            long line = rows.isEmpty() ? 1 : rows.get(rows.size() - 1).line() + 1;
            throw new DataException(file + ", at or after line " + line + ": " + broken.getMessage()
                    + "; look for a quote that is not closed");
        }
        if (rows.isEmpty()) {
            throw new DataException(file + " is empty; a header and rows of numbers were expected");
        }
        boolean named = named(file, rows, header);
        List<String> names =
                named ? names(file, rows.get(0)) : numbers(rows.get(0).fields().size());
        List<Row> body = List.copyOf(rows.subList(named ? 1 : 0, rows.size()));
        for (Row row : body) {
            if (row.fields().size() != names.size()) {
                throw new DataException(file + ", line " + row.line() + ": "
                        + fields(row.fields().size()) + ", but line "
                        + rows.get(0).line() + " has " + names.size()
                        + "; every row needs the same number, and a field that holds a '" + printed(separator)
                        + "' needs quotes");
            }
        }
        return new CsvTable(file, names, body);
    }

    /** The column called {@code name}, in any case, or numbered so, from 1. */
    int column(String name, String option) {
        String wanted = name.strip();
        int exact = names.indexOf(wanted);
        if (exact >= 0) {
            return exact;
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(wanted)) {
                return i;
            }
        }
        if (wanted.matches("[1-9]\\d{0,5}") && Integer.parseInt(wanted) <= names.size()) {
            return Integer.parseInt(wanted) - 1;
        }
        throw new UsageException(option + "=" + wanted + ": " + file + " has no such column"
                + NearestName.hint(wanted, names) + " (it has " + String.join(", ", names) + ")");
    }

    /** Where a field stands, for messages. */
    String place(Row row, int column) {
        return file + ", line " + row.line() + ", column '" + names.get(column) + "'";
    }

    /** Tab, semicolon or comma: the first that occurs equally often in each of the first lines. */
    private static char separator(String text) {
        List<String> lines =
                text.lines().filter(line -> !line.isBlank()).limit(10).toList();
        for (char candidate : new char[] {'\t', ';'}) {
            long count = lines.isEmpty() ? 0 : count(lines.get(0), candidate);
            if (count > 0 && lines.stream().allMatch(line -> count(line, candidate) == count)) {
                return candidate;
            }
        }
        return ',';
    }

    private static long count(String line, char character) {
        boolean quoted = false;
        long count = 0;
        for (char each : line.toCharArray()) {
            if (each == '"') {
                quoted = !quoted;
            } else if (each == character && !quoted) {
                count++;
            }
        }
        return count;
    }

    private static boolean named(String file, List<Row> rows, Header header) {
        if (header != Header.AUTO) {
            return header == Header.YES;
        }
        List<Cell> first = kinds(rows.get(0));
        if (!first.contains(Cell.TEXT)) {
            return false;
        }
        if (!first.contains(Cell.NUMBER) && !first.contains(Cell.DATE)) {
            return true;
        }
        if (rows.size() > 1 && kinds(rows.get(1)).equals(first)) {
            return false;
        }
        throw new DataException(file + ", line " + rows.get(0).line() + ": text and numbers stand side by side ("
                + String.join(", ", rows.get(0).fields())
                + "); say header=yes if these are the names of the columns, header=no if they are values");
    }

    private static List<Cell> kinds(Row row) {
        return row.fields().stream().map(Cell::of).toList();
    }

    private static List<String> names(String file, Row header) {
        List<String> names = new ArrayList<>();
        for (String field : header.fields()) {
            String name = field.isBlank() ? Integer.toString(names.size() + 1) : field.strip();
            if (names.contains(name)) {
                throw new DataException(file + ", line " + header.line() + ": columns " + (names.indexOf(name) + 1)
                        + " and " + (names.size() + 1) + " are both called '" + name + "'; rename one of them");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    private static List<String> numbers(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(Integer.toString(i));
        }
        return List.copyOf(names);
    }

    private static String fields(int count) {
        return count == 1 ? "1 field" : count + " fields";
    }

    private static String printed(char separator) {
        return separator == '\t' ? "tab" : Character.toString(separator);
    }
}
