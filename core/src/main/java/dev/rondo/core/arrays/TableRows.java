package dev.rondo.core.arrays;

import dev.rondo.api.expr.Axis;
import java.util.Arrays;

/** Reads rows of a table by number, or adds rows to those of a table; a number outside of the table counts as its nearest row. */
final class TableRows {
    private TableRows() {}

    /** @param index one number for each row of {@code out} */
    static Instruction gather(Value table, Value index, Value out) {
        int width = table.shape.size(Axis.COLUMNS);
        return () -> {
            float[] numbers = index.values();
            for (int i = 0; i < numbers.length; i++) {
                System.arraycopy(table.values(), row(numbers[i], table) * width, out.values(), i * width, width);
            }
        };
    }

    /**
     * The rows are added in their order, in float.
     *
     * @param index one number for each row of {@code added}
     */
    static Instruction scatter(Value index, Value added, Value table) {
        int width = table.shape.size(Axis.COLUMNS);
        return () -> {
            float[] numbers = index.values();
            float[] sums = table.values();
            Arrays.fill(sums, 0);
            for (int i = 0; i < numbers.length; i++) {
                int to = row(numbers[i], table) * width;
                for (int k = 0; k < width; k++) {
                    sums[to + k] += added.values()[i * width + k];
                }
            }
        };
    }

    private static int row(float number, Value table) {
        return Math.max(0, Math.min(table.shape.size(Axis.ROWS) - 1, Math.round(number)));
    }
}
