package dev.rondo.core.data;

/**
 * What a forecast without a network achieves on the same targets.
 *
 * @param name for tables and JSON: {@code persistence}, {@code extrapolation}, {@code seasonal}, {@code linear}
 * @param description what it does, with what was chosen: {@code least squares on 30 lags}
 * @param validation on the validation part
 * @param test on the test part
 * @param rule that forecasts
 */
public record BaselineResult(String name, String description, Accuracy validation, Accuracy test, Rule rule) {
    /** Forecasts of one step. */
    @FunctionalInterface
    public interface Rule {
        /**
         * What is forecast at step {@code t} of series {@code row}.
         *
         * @param forecast receives a value for each target that is a number, in the data's own units, or the probability of each
         *     class of each target
         */
        void forecast(int row, int t, double[] forecast);
    }
}
