package dev.rondo.plugins.data;

import dev.rondo.api.spi.DataException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The numbers of some columns of a table, with what is missing filled or left out.
 *
 * @param rows those that are kept
 * @param values [row][column]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Gaps(List<CsvTable.Row> rows, float[][] values) {
    /** Share of the range of a column's values that single precision may take off any of them. */
    private static final double MOST_LOST = 1e-3;

    /** What to do about a missing value. */
    enum Filling {
        ERROR,
        PREVIOUS,
        INTERPOLATE,
        DROP
    }

    static Gaps fill(CsvTable table, List<Integer> columns, Filling filling) {
        List<CsvTable.Row> rows = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        Trouble trouble = new Trouble(table);
        for (CsvTable.Row row : table.rows()) {
            float[] numbers = new float[columns.size()];
            boolean complete = true;
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = value(row, columns.get(i), filling, trouble);
                complete &= !Float.isNaN(numbers[i]);
            }
            if (complete || filling != Filling.DROP) {
                rows.add(row);
                values.add(numbers);
            }
        }
        trouble.raise();
        for (int i = 0; i < columns.size(); i++) {
            requirePrecision(table, rows, columns.get(i));
        }
        if (rows.size() < 2) {
            throw new DataException(
                    table.file() + " has " + rows.size()
                            + " rows without a missing value, but at least two are needed; missing=previous or missing=interpolate keeps them all");
        }
        float[][] kept = values.toArray(float[][]::new);
        for (int i = 0; i < columns.size(); i++) {
            if (filling == Filling.PREVIOUS) {
                previous(table, rows, kept, columns, i);
            } else if (filling == Filling.INTERPOLATE) {
                interpolate(table, kept, columns, i);
            }
        }
        return new Gaps(List.copyOf(rows), kept);
    }

    private static float value(CsvTable.Row row, int column, Filling filling, Trouble trouble) {
        String field = row.fields().get(column);
        return switch (Cell.of(field)) {
            case NUMBER -> {
                float number = (float) Cell.number(field);
                if (Float.isInfinite(number)) {
                    trouble.add(row, column, "'" + field.strip() + "' is too large for a number of single precision");
                }
                yield number;
            }
            case DATE -> {
                trouble.add(row, column, "the date '" + field.strip() + "' is no number; time=COLUMN reads dates");
                yield 0;
            }
            case MISSING -> {
                if (filling == Filling.ERROR) {
                    trouble.add(
                            row,
                            column,
                            (field.isBlank()
                                            ? "the value is missing"
                                            : "'" + field.strip() + "' stands for a missing value")
                                    + "; fill it in, or say missing=previous, missing=interpolate or missing=drop");
                }
                yield Float.NaN;
            }
            case TEXT -> {
                String hint = field.matches("\\s*[+-]?\\d+,\\d+\\s*")
                        ? "; write a decimal point instead of the comma"
                        : "; correct it, or empty the field and say missing=previous, missing=interpolate or missing=drop";
                trouble.add(row, column, "'" + field.strip() + "' is no number" + hint);
                yield 0;
            }
        };
    }

    /** Values are kept in single precision: a small change of a large number would be lost before a mean could be subtracted. */
    private static void requirePrecision(CsvTable table, List<CsvTable.Row> rows, int column) {
        double[] numbers = rows.stream()
                .map(row -> row.fields().get(column))
                .filter(field -> Cell.of(field) == Cell.NUMBER)
                .mapToDouble(Cell::number)
                .toArray();
        DoubleSummaryStatistics values = DoubleStream.of(numbers).summaryStatistics();
        double lost = DoubleStream.of(numbers)
                .map(each -> Math.abs(each - (float) each))
                .max()
                .orElse(0);
        if (lost > MOST_LOST * (values.getMax() - values.getMin()) && values.getMax() > values.getMin()) {
            String name = table.names().get(column);
            boolean dates = DoubleStream.of(numbers).allMatch(Cell::isDateInDigits);
            throw new DataException(table.file() + ", column '" + name + "': its values lie between "
                    + values.getMin() + " and " + values.getMax() + ", of which single precision loses up to " + lost
                    + "; "
                    + (dates
                            ? "where they are dates, say date=" + name
                            : "subtract " + values.getMin() + ", or leave the column out by inputs=COLUMNS"));
        }
    }

    private static void previous(
            CsvTable table, List<CsvTable.Row> rows, float[][] values, List<Integer> columns, int column) {
        for (int t = 0; t < values.length; t++) {
            if (Float.isNaN(values[t][column])) {
                if (t == 0) {
                    throw new DataException(
                            table.place(rows.get(0), columns.get(column))
                                    + ": the first value is missing, so missing=previous has none to take; missing=drop or missing=interpolate would do");
                }
                values[t][column] = values[t - 1][column];
            }
        }
    }

    /** On a line between the neighbours, by number of rows; at the ends the nearest value. */
    private static void interpolate(CsvTable table, float[][] values, List<Integer> columns, int column) {
        int known = -1;
        for (int t = 0; t < values.length; t++) {
            if (Float.isNaN(values[t][column])) {
                continue;
            }
            for (int gap = known + 1; gap < t; gap++) {
                double share = known < 0 ? 1 : (double) (gap - known) / (t - known);
                double from = known < 0 ? 0 : values[known][column];
                values[gap][column] = (float) ((1 - share) * from + share * values[t][column]);
            }
            known = t;
        }
        if (known < 0) {
            throw new DataException(
                    table.file() + ", column '" + table.names().get(columns.get(column)) + "': every value is missing");
        }
        for (int t = known + 1; t < values.length; t++) {
            values[t][column] = values[known][column];
        }
    }

    /** What is wrong with fields: the first is told, the others are counted. */
    private static final class Trouble {
        private final CsvTable table;
        private String first = "";
        private int count;

        Trouble(CsvTable table) {
            this.table = table;
        }

        void add(CsvTable.Row row, int column, String what) {
            if (count == 0) {
                first = table.place(row, column) + ": " + what;
            }
            count++;
        }

        private String others() {
            return switch (count) {
                case 1 -> "";
                case 2 -> " (and 1 more field)";
                default -> " (and " + (count - 1) + " more fields)";
            };
        }

        void raise() {
            if (count > 0) {
                throw new DataException(first + others());
            }
        }
    }
}
