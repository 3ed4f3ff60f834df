package dev.rondo.core.data;

import java.util.List;

/**
 * One-step forecasts of one column beside what happened, in the data's own units, for tables and pictures.
 *
 * @param column what is predicted
 * @param labels of the predicted steps
 * @param truth for each label
 * @param prediction for each label
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Forecast(String column, List<String> labels, float[] truth, float[] prediction) {
    public Forecast {
        labels = List.copyOf(labels);
        if (labels.size() != truth.length || truth.length != prediction.length) {
            throw new IllegalArgumentException(
                    labels.size() + " labels, " + truth.length + " values, " + prediction.length + " predictions");
        }
    }
}
