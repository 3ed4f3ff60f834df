package dev.rondo.core.data;

/**
 * How far predictions are from the truth, in the units of both.
 *
 * @param mse mean squared error
 * @param rmse its root
 * @param mae mean absolute error
 * @param count number of values compared
 */
public record Accuracy(double mse, double rmse, double mae, long count) {
    /** Compares value by value; sums in double precision. */
    public static Accuracy of(float[] truth, float[] prediction) {
        if (truth.length != prediction.length) {
            throw new IllegalArgumentException(prediction.length + " predictions for " + truth.length + " values");
        }
        double squares = 0;
        double absolutes = 0;
        for (int i = 0; i < truth.length; i++) {
            double error = (double) prediction[i] - truth[i];
            squares += error * error;
            absolutes += Math.abs(error);
        }
        double mse = squares / truth.length;
        return new Accuracy(mse, Math.sqrt(mse), absolutes / truth.length, truth.length);
    }
}
