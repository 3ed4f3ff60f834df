package dev.rondo.core.data;

/**
 * How far predictions of numbers are from the truth, in the units of both.
 *
 * @param mse mean squared error
 * @param rmse its root
 * @param mae mean absolute error
 * @param count number of values compared
 */
public record Accuracy(double mse, double rmse, double mae, long count) {
    /** Compares value by value; sums in double precision. */
    public static Accuracy of(float[] truth, float[] prediction) {
        return of(truth, prediction, Dataset.all(truth.length), 1);
    }

    /**
     * Compares the values at some places.
     *
     * @param width values at each place
     */
    static Accuracy of(float[] truth, float[] prediction, int[] places, int width) {
        if (truth.length != prediction.length) {
            throw new IllegalArgumentException(prediction.length + " predictions for " + truth.length + " values");
        }
        double squares = 0;
        double absolutes = 0;
        for (int place : places) {
            for (int i = place * width; i < (place + 1) * width; i++) {
                double error = (double) prediction[i] - truth[i];
                squares += error * error;
                absolutes += Math.abs(error);
            }
        }
        int count = places.length * width;
        double mse = squares / count;
        return new Accuracy(mse, Math.sqrt(mse), absolutes / count, count);
    }

    /** Of {@code count} classes, which have no distance: not-a-number. */
    static Accuracy ofClasses(long count) {
        return new Accuracy(Double.NaN, Double.NaN, Double.NaN, count);
    }
}
