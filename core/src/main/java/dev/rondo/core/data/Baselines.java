package dev.rondo.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The forecasts that a model has to beat, on exactly its targets and in the data's own units: a figure without them says nothing.
 *
 * <p>Each sees the history of the target column alone, up to the value before the target; what is fitted is fitted on the
 * training part, and choices between fits are made on the validation part.
 */
public final class Baselines {
    /** Numbers of lags that the linear forecast chooses from. */
    private static final int[] LAGS = {1, 2, 3, 5, 7, 12, 20, 30, 60, 132};

    private Baselines() {}

    /** All baselines that the data allow; the season of the seasonal one is found in the training part. */
    public static List<BaselineResult> of(Dataset data) {
        return of(data, Season.find(data));
    }

    /**
     * All baselines that the data allow.
     *
     * @param season steps until the pattern repeats, 0 for none
     */
    public static List<BaselineResult> of(Dataset data, int season) {
        List<BaselineResult> results = new ArrayList<>();
        results.add(result(data, "persistence", "the value before", at -> at.past(0)));
        if (data.validation().from() >= 1) {
            results.add(result(
                    data, "extrapolation", "a line through the two values before", at -> 2 * at.past(0) - at.past(1)));
        }
        if (season > 1 && season <= data.validation().from()) {
            results.add(result(data, "seasonal", "the value " + season + " steps before", at -> at.past(season - 1)));
        }
        results.add(linear(data));
        return List.copyOf(results);
    }

    /** Least squares on so many last values. */
    public static BaselineResult linear(Dataset data, int lags) {
        LinearForecast forecast = LinearForecast.fit(data, lags);
        String description = "least squares on " + lags + (lags == 1 ? " lag" : " lags");
        return result(data, "linear", description, forecast::predict);
    }

    /** With the number of lags that is best on the validation part. */
    private static BaselineResult linear(Dataset data) {
        BaselineResult best = linear(data, LAGS[0]);
        for (int lags : LAGS) {
            if (lags > LAGS[0] && LinearForecast.possible(data, lags)) {
                BaselineResult result = linear(data, lags);
                best = result.validation().mse() < best.validation().mse() ? result : best;
            }
        }
        return best;
    }

    private static BaselineResult result(
            Dataset data, String name, String description, ToDoubleFunction<Moment> forecast) {
        return new BaselineResult(
                name, description, accuracy(data, data.validation(), forecast), accuracy(data, data.test(), forecast));
    }

    private static Accuracy accuracy(Dataset data, Span span, ToDoubleFunction<Moment> forecast) {
        float[] predictions = new float[span.steps() * data.rows() * data.targetWidth()];
        int next = 0;
        for (int t = span.from(); t < span.to(); t++) {
            for (int row = 0; row < data.rows(); row++) {
                for (int target = 0; target < data.targetWidth(); target++) {
                    predictions[next++] = (float) forecast.applyAsDouble(new Moment(data, row, target, t));
                }
            }
        }
        return Accuracy.of(data.truth(span), predictions);
    }

    /** One value to predict: what follows step {@code t} of a target column. */
    record Moment(Dataset data, int row, int target, int t) {
        /** The value {@code back} steps before the last one known. */
        double past(int back) {
            return data.value(row, target, t - back);
        }
    }
}
