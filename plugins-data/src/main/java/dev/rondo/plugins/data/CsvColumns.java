package dev.rondo.plugins.data;

import dev.rondo.api.spi.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table are what.
 *
 * @param inputs numbers of the columns that a model reads
 * @param targets numbers of the columns that it predicts
 * @param time column of time stamps, absent where rows are evenly spaced
 * @param date column that names the rows, absent where there is none
 */
record CsvColumns(
        List<Integer> inputs,
        List<Integer> targets,
        @Nullable Integer time,
        @Nullable Integer date) {
    /** A decimal comma, or something between thousands. */
    private static final Pattern FOR_PEOPLE = Pattern.compile("[+-]?\\d+([.,'\u00a0 ]\\d+)+");

    private static final Pattern TIME_NAME = Pattern.compile(
            "(.*[ _-])?(time|timestamp|date|datetime|ts|unix|unixtime|epoch)", Pattern.CASE_INSENSITIVE);

    /** A decimal comma, or thousands apart: numbers, unlike a date such as 31.12.2024. */
    private static final Pattern NEARLY_NUMBER =
            Pattern.compile("[+-]?(\\d+,\\d+|\\d{1,3}([.,'\u00a0 ]\\d{3})+([.,]\\d+)?)");

    /** How many columns that are left out are named. */
    private static final int NAMED = 5;

    /** Chooses columns as the options name them; an empty option leaves the choice to what the columns hold. */
    static CsvColumns choose(CsvTable table, String inputs, String targets, String time, String date) {
        Integer stamps = time.isEmpty() ? null : (Integer) table.column(time, "time");
        Integer dates = date.isEmpty() ? null : (Integer) table.column(date, "date");
        List<Integer> numbers = new ArrayList<>();
        for (int column = 0; column < table.names().size(); column++) {
            Cell kind = kind(table, column);
            boolean taken = Integer.valueOf(column).equals(stamps)
                    || Integer.valueOf(column).equals(dates);
            boolean when = kind == Cell.DATE || kind == Cell.NUMBER && unixTimes(table, column);
            if (when && dates == null && !taken) {
                dates = column;
            } else if (kind == Cell.NUMBER && !taken) {
                numbers.add(column);
            }
        }
        List<Integer> read = inputs.isEmpty() ? numbers : named(table, inputs, "inputs");
        List<Integer> predicted = targets.isEmpty() ? lastOf(read) : named(table, targets, "target");
        if (read.isEmpty() || predicted.isEmpty()) {
            throw new DataException(table.file() + " has no column of numbers among " + String.join(", ", table.names())
                    + unusual(table));
        }
        CsvColumns columns = new CsvColumns(List.copyOf(read), List.copyOf(predicted), stamps, dates);
        if (inputs.isEmpty()) {
            columns.others(table).forEach(column -> requireNoNumbers(table, column));
        }
        return columns;
    }

    /** The columns that are used for nothing. */
    private List<Integer> others(CsvTable table) {
        List<Integer> others = new ArrayList<>();
        for (int column = 0; column < table.names().size(); column++) {
            Integer number = column;
            if (!used().contains(number) && !number.equals(time) && !number.equals(date)) {
                others.add(number);
            }
        }
        return others;
    }

    /** Refuses to leave out a column that is meant for numbers. */
    private static void requireNoNumbers(CsvTable table, int column) {
        int filled = 0;
        int nearly = 0;
        CsvTable.@Nullable Row first = null;
        for (CsvTable.Row row : table.rows()) {
            String field = row.fields().get(column).strip();
            Cell kind = Cell.of(field);
            filled += kind == Cell.MISSING ? 0 : 1;
            if (kind == Cell.TEXT && NEARLY_NUMBER.matcher(field).matches()) {
                nearly++;
                first = first == null ? row : first;
            } else if (kind == Cell.NUMBER) {
                nearly++;
            }
        }
        if (first != null && 2 * nearly > filled) {
            throw new DataException(table.place(first, column) + ": '"
                    + first.fields().get(column).strip()
                    + "' is no number; write numbers with a decimal point and nothing between thousands, as in 1234.5,"
                    + " or name the columns to read by inputs=COLUMNS");
        }
    }

    /** Says which columns are used for nothing although nobody asked for that, and why; empty if none is. */
    String leftOut(CsvTable table) {
        List<Integer> others = others(table);
        String named = others.stream()
                .limit(NAMED)
                .map(column -> table.names().get(column) + " (" + reason(table, column) + ")")
                .collect(Collectors.joining(", "));
        int more = others.size() - NAMED;
        return others.isEmpty() ? "" : "left out: " + named + (more > 0 ? " and " + more + " more" : "");
    }

    private static String reason(CsvTable table, int column) {
        for (CsvTable.Row row : table.rows()) {
            String field = row.fields().get(column).strip();
            switch (Cell.of(field)) {
                case TEXT -> {
                    return "'" + field + "' is no number";
                }
                case DATE -> {
                    return "'" + field + "' is a date";
                }
                default -> {}
            }
        }
        return "it holds no value";
    }

    /** Whether a column is called a time and holds rising Unix seconds or milliseconds, which say nothing of the next value. */
    private static boolean unixTimes(CsvTable table, int column) {
        double before = 0;
        for (CsvTable.Row row : table.rows()) {
            String field = row.fields().get(column);
            double now = Cell.of(field) == Cell.NUMBER ? Cell.number(field) : -1;
            if (now < before || !Cell.isUnixTime(now)) {
                return false;
            }
            before = now;
        }
        return TIME_NAME.matcher(table.names().get(column).strip()).matches();
    }

    /** What to do, with an example from the file where its numbers are written for people. */
    private static String unusual(CsvTable table) {
        for (CsvTable.Row row : table.rows()) {
            for (int column = 0; column < row.fields().size(); column++) {
                String field = row.fields().get(column).strip();
                if (Cell.of(field) == Cell.TEXT && FOR_PEOPLE.matcher(field).matches()) {
                    return "; " + table.place(row, column) + " is '" + field
                            + "': write numbers with a decimal point and nothing between thousands, as in 1234.5";
                }
            }
        }
        return "; numbers are written as in 1234.5 or 1.2e3";
    }

    /** Inputs, then the targets that are no inputs. */
    List<Integer> used() {
        List<Integer> used = new ArrayList<>(inputs);
        targets.stream().filter(each -> !used.contains(each)).forEach(used::add);
        return used;
    }

    private static List<Integer> lastOf(List<Integer> columns) {
        return columns.isEmpty() ? columns : List.of(columns.get(columns.size() - 1));
    }

    private static List<Integer> named(CsvTable table, String names, String option) {
        List<Integer> columns = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            int column = table.column(name, option);
            if (!columns.contains(column)) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** What more than half of the filled fields of a column are. */
    static Cell kind(CsvTable table, int column) {
        int numbers = 0;
        int dates = 0;
        int others = 0;
        for (CsvTable.Row row : table.rows()) {
            switch (Cell.of(row.fields().get(column))) {
                case NUMBER -> numbers++;
                case DATE -> dates++;
                case TEXT -> others++;
                case MISSING -> {}
            }
        }
        if (numbers > dates + others) {
            return Cell.NUMBER;
        }
        return dates > numbers + others ? Cell.DATE : Cell.TEXT;
    }
}
