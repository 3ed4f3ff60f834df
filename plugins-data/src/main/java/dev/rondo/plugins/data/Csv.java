package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series from a file of comma-separated values: one row for each step, in order of time.
 *
 * <p>Without options every column of numbers is an input and the last of them is the target. A column of dates names the rows in
 * tables and pictures. Columns are named as in the header, or by their number from 1.
 */
@AutoService(SeriesSource.class)
public final class Csv implements SeriesSource {
    private static final Option<String> TARGET =
            Option.text("target", "").doc("Columns to predict, separated by commas; the last input if not said.");
    private static final Option<String> INPUTS =
            Option.text("inputs", "").doc("Columns to read, separated by commas; all columns of numbers if not said.");
    private static final Option<String> TIME = Option.text("time", "")
            .doc("Column of time stamps for irregular steps: dates count in days, numbers as they are.");
    private static final Option<String> DATE = Option.text("date", "")
            .doc(
                    "Column that names the rows; the first column of dates or of Unix times (named time, date, timestamp, …) if not said.");
    private static final Option<Gaps.Filling> MISSING = Option.choice("missing", Gaps.Filling.ERROR)
            .doc(
                    "What to do about empty fields: previous takes the value before and refuses a file that begins with an empty one;"
                            + " interpolate looks at the next value too and takes the nearest at both ends; drop leaves out the row.");
    private static final Option<CsvTable.Delimiter> DELIMITER =
            Option.choice("delimiter", CsvTable.Delimiter.AUTO).doc("What stands between fields.");
    private static final Option<CsvTable.Header> HEADER =
            Option.choice("header", CsvTable.Header.AUTO).doc("Whether the first line names the columns.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("csv")
                .summary("A file of comma-separated values, one row for each step.")
                .standard("Comma-separated values (RFC 4180)")
                .example("csv:temperatures.csv_target=Temp")
                .options(TARGET, INPUTS, TIME, DATE, MISSING, DELIMITER, HEADER);
    }

    @Override
    public boolean readsFile() {
        return true;
    }

    @Override
    public Series open(SourceScope s) {
        CsvTable table = CsvTable.read(s.path(), s.value(DELIMITER), s.value(HEADER));
        if (table.rows().size() < 2) {
            throw new DataException(
                    table.file() + " has " + (table.rows().isEmpty() ? "a header, but no row" : "one row")
                            + " of values; a series needs at least two, and some dozens to be learnt from");
        }
        CsvColumns columns = CsvColumns.choose(table, s.value(INPUTS), s.value(TARGET), s.value(TIME), s.value(DATE));
        String leftOut = s.value(INPUTS).isEmpty() ? columns.leftOut(table) : "";
        if (!leftOut.isEmpty()) {
            s.notice(leftOut);
        }
        Gaps filled = Gaps.fill(table, columns.used(), s.value(MISSING));
        List<CsvTable.Row> rows = filled.rows();
        Integer time = columns.time();
        Integer date = columns.date();
        return new Series(
                names(table, columns.used()),
                names(table, columns.inputs()),
                names(table, columns.targets()),
                new float[][][] {filled.values()},
                time == null ? new double[0] : times(table, rows, time),
                date == null ? List.of() : labels(table, rows, date));
    }

    private static List<String> names(CsvTable table, List<Integer> columns) {
        return columns.stream().map(table.names()::get).toList();
    }

    /** Time stamps: numbers as they are, dates in days since the first; they must not go back. */
    private static double[] times(CsvTable table, List<CsvTable.Row> rows, int column) {
        double[] times = new double[rows.size()];
        boolean dates = CsvColumns.kind(table, column) == Cell.DATE;
        for (int i = 0; i < times.length; i++) {
            String field = rows.get(i).fields().get(column);
            Cell kind = Cell.of(field);
            if (kind != (dates ? Cell.DATE : Cell.NUMBER)) {
                throw new DataException(table.place(rows.get(i), column) + ": '" + field + "' is no "
                        + (dates ? "date" : "number") + ", but time="
                        + table.names().get(column)
                        + " needs a time stamp in every row");
            }
            times[i] = dates ? Cell.days(field) : Cell.number(field);
            if (!Double.isFinite(times[i])) {
                throw new DataException(table.place(rows.get(i), column) + ": '" + field + "' is no time stamp");
            }
            forward(table, rows, column, i, i == 0 ? times[i] : times[i - 1], times[i]);
        }
        double origin = dates ? times[0] : 0;
        for (int i = 0; i < times.length; i++) {
            times[i] -= origin;
        }
        return times;
    }

    private static List<String> labels(CsvTable table, List<CsvTable.Row> rows, int column) {
        List<String> labels = new ArrayList<>();
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rows.size(); i++) {
            String field = rows.get(i).fields().get(column).strip();
            Double when = position(field);
            if (when != null) {
                forward(table, rows, column, i, before, when);
                before = when;
            }
            labels.add(when != null && Cell.of(field) == Cell.NUMBER ? instant(when, field) : field);
        }
        return labels;
    }

    /** Where a field lies in time, absent where that cannot be told. */
    private static @Nullable Double position(String field) {
        return switch (Cell.of(field)) {
            case DATE -> Cell.days(field);
            case NUMBER -> Cell.number(field);
            case MISSING, TEXT -> null;
        };
    }

    /** Unix seconds or milliseconds as a date and time; smaller numbers, such as years, stay what they are. */
    private static String instant(double number, String field) {
        if (!Cell.isUnixTime(number)) {
            return field;
        }
        return Instant.ofEpochMilli((long) (number >= 1e11 ? number : 1000 * number))
                .toString();
    }

    private static void forward(
            CsvTable table, List<CsvTable.Row> rows, int column, int row, double before, double now) {
        if (now < before) {
            throw new DataException(table.place(rows.get(row), column) + ": "
                    + rows.get(row).fields().get(column) + " lies before "
                    + rows.get(row - 1).fields().get(column)
                    + " in the row above; sort the rows by time, earliest first");
        }
    }
}
