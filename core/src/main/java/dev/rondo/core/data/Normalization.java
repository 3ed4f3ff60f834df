package dev.rondo.core.data;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * How the values of each column are scaled: (value − mean) / deviation. Stored with a model, as its inputs need the same.
 *
 * @param scales one for each column
 */
public record Normalization(List<Scale> scales) {
    /**
     * The scale of one column.
     *
     * @param deviation never 0: a column that is constant in training is only shifted
     */
    public record Scale(String column, double mean, double deviation) {
        public Scale {
            if (!(deviation > 0) || !Double.isFinite(deviation) || !Double.isFinite(mean)) {
                throw new IllegalArgumentException("mean " + mean + " and deviation " + deviation + " of " + column);
            }
        }

        /** A value of the column as models see it. */
        public float scaled(float value) {
            return (float) ((value - mean) / deviation);
        }

        /** A value as models give it, in the column's own units. */
        public float unscaled(float value) {
            return (float) (value * deviation + mean);
        }
    }

    public Normalization {
        scales = List.copyOf(scales);
    }

    /** Leaves the values of {@code columns} as they are. */
    public static Normalization none(List<String> columns) {
        return new Normalization(
                columns.stream().map(each -> new Scale(each, 0, 1)).toList());
    }

    /** Mean 0 and population deviation 1 over the first {@code values} values of all series; numbers of classes stay. */
    public static Normalization standard(Series series, int values) {
        List<Scale> scales = new ArrayList<>();
        for (int column = 0; column < series.columns().size(); column++) {
            if (series.classCount(series.columns().get(column)) > 0) {
                scales.add(new Scale(series.columns().get(column), 0, 1));
                continue;
            }
            double sum = 0;
            for (float[][] each : series.values()) {
                for (int t = 0; t < values; t++) {
                    sum += each[t][column];
                }
            }
            double count = (double) values * series.count();
            double mean = sum / count;
            double squares = 0;
            for (float[][] each : series.values()) {
                for (int t = 0; t < values; t++) {
                    double difference = each[t][column] - mean;
                    squares += difference * difference;
                }
            }
            double deviation = Math.sqrt(squares / count);
            // Rounding leaves a tiny deviation in a column of equal values; dividing by it would blow up noise.
            boolean constant = deviation <= 1e-9 * Math.max(1e-30, Math.abs(mean));
            scales.add(new Scale(series.columns().get(column), mean, constant ? 1 : deviation));
        }
        return new Normalization(scales);
    }

    /** The scale of {@code column}. */
    public Scale scale(String column) {
        return scales.stream()
                .filter(each -> each.column().equals(column))
                .findFirst()
                .orElseThrow(() -> new DataException("no scale is known for column '" + column + "', only for "
                        + String.join(", ", scales.stream().map(Scale::column).toList())));
    }

    /** Scales {@code values}, whose last axis is {@code columns}. */
    public float[] scale(float[] values, List<String> columns) {
        float[] result = new float[values.length];
        for (int c = 0; c < columns.size(); c++) {
            Scale scale = scale(columns.get(c));
            for (int i = c; i < values.length; i += columns.size()) {
                result[i] = scale.scaled(values[i]);
            }
        }
        return result;
    }

    /** Brings {@code values}, whose last axis is {@code columns}, back into the data's own units. */
    public float[] unscale(float[] values, List<String> columns) {
        float[] result = new float[values.length];
        for (int c = 0; c < columns.size(); c++) {
            Scale scale = scale(columns.get(c));
            for (int i = c; i < values.length; i += columns.size()) {
                result[i] = scale.unscaled(values[i]);
            }
        }
        return result;
    }
}
