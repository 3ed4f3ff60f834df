package dev.rondo.core.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The forecasts that a model has to beat, on exactly its targets and in the data's own units: a figure without them says nothing.
 *
 * <p>Where the next value is predicted, each sees the history of the target column alone, up to the value before the target. Where
 * the target belongs to what was just read, its history is not known to a model either, and forecasts see the inputs. What is
 * fitted is fitted on the training part, and choices between fits are made on the validation part.
 */
public final class Baselines {
    /** Numbers of lags that the linear forecast chooses from. */
    private static final int[] LAGS = {1, 2, 3, 5, 7, 12, 20, 30, 60, 132};

    private static final String UNKNOWN_PAST = "the past of the target is not known when it is predicted";
    private static final String NO_DISTANCE = "there is no distance between classes";

    private Baselines() {}

    /** All baselines that the data allow; the season of the seasonal one is found in the training part. */
    public static List<BaselineResult> of(Dataset data) {
        return of(data, seasonal(data) ? Season.find(data) : 0);
    }

    /**
     * All baselines that the data allow.
     *
     * @param season steps until the pattern repeats, 0 for none
     */
    public static List<BaselineResult> of(Dataset data, int season) {
        if (data.hasClasses()) {
            return ofClasses(data);
        }
        if (data.series().ahead() == 0) {
            return ofInputs(data);
        }
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

    /** Why a usual baseline is not among {@code results}, by its name. */
    public static Map<String, String> leftOut(Dataset data, List<BaselineResult> results) {
        boolean known = data.series().ahead() > 0;
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("persistence", UNKNOWN_PAST);
        reasons.put(
                "extrapolation", data.hasClasses() ? NO_DISTANCE : known ? "there is one value before" : UNKNOWN_PAST);
        reasons.put("seasonal", data.hasClasses() ? NO_DISTANCE : known ? "no season was found" : UNKNOWN_PAST);
        reasons.put("linear", data.hasClasses() ? NO_DISTANCE : "the inputs are classes");
        results.forEach(each -> reasons.remove(each.name()));
        return reasons;
    }

    private static boolean seasonal(Dataset data) {
        return !data.hasClasses() && data.series().ahead() > 0;
    }

    private static List<BaselineResult> ofClasses(Dataset data) {
        List<BaselineResult> results = new ArrayList<>();
        if (data.series().ahead() > 0) {
            results.add(ofClasses(data, "persistence", "the class before", new SameClass(data)));
        }
        results.add(
                ofClasses(data, "frequencies", "how often each class came in the training part", NGrams.fit(data, 0)));
        if (data.series().ahead() > 0) {
            NGrams best = NGrams.best(data);
            results.add(ofClasses(data, "n-gram", "interpolated, on " + best.order() + " classes before", best));
        }
        return List.copyOf(results);
    }

    private static BaselineResult ofClasses(Dataset data, String name, String description, BaselineResult.Rule rule) {
        return new BaselineResult(
                name,
                description,
                Accuracy.ofClasses((long) data.scored(data.validation()).length * data.targetWidth()),
                Accuracy.ofClasses((long) data.scored(data.test()).length * data.targetWidth()),
                rule);
    }

    private static List<BaselineResult> ofInputs(Dataset data) {
        List<BaselineResult> results = new ArrayList<>();
        double[] means = data.means();
        results.add(result(data, "mean", "the mean of the training part", at -> means[at.target()]));
        if (data.series().inputs().stream().allMatch(each -> data.series().classCount(each) == 0)) {
            BaselineResult best = ofInputs(data, LAGS[0]);
            for (int lags : LAGS) {
                if (lags > LAGS[0] && InputForecast.possible(data, lags)) {
                    BaselineResult result = ofInputs(data, lags);
                    best = result.validation().mse() < best.validation().mse() ? result : best;
                }
            }
            results.add(best);
        }
        return List.copyOf(results);
    }

    /** Least squares on so many last values of every input. */
    static BaselineResult ofInputs(Dataset data, int lags) {
        InputForecast forecast = InputForecast.fit(data, lags);
        String description = "least squares on the last " + (lags == 1 ? "value" : lags + " values") + " of each input";
        return result(data, "linear", description, forecast::predict);
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
        BaselineResult.Rule rule = (row, t, values) -> {
            for (int target = 0; target < values.length; target++) {
                values[target] = (float) forecast.applyAsDouble(new Moment(data, row, target, t));
            }
        };
        return new BaselineResult(
                name, description, accuracy(data, data.validation(), rule), accuracy(data, data.test(), rule), rule);
    }

    private static Accuracy accuracy(Dataset data, Span span, BaselineResult.Rule rule) {
        int width = data.targetWidth();
        float[] predictions = new float[span.steps() * data.rows() * width];
        double[] values = new double[width];
        for (int place : data.scored(span)) {
            rule.forecast(place % data.rows(), span.from() + place / data.rows(), values);
            for (int target = 0; target < width; target++) {
                predictions[place * width + target] = (float) values[target];
            }
        }
        return Accuracy.of(data.truth(span), predictions, data.scored(span), width);
    }

    /** One value to predict: what follows step {@code t} of a target column. */
    record Moment(Dataset data, int row, int target, int t) {
        /** The value {@code back} steps before the last one known. */
        double past(int back) {
            return data.value(row, target, t - back);
        }
    }
}
