package dev.rondo.core.data;

import java.util.Arrays;

/**
 * A target as a weighted sum of the last values of every input and a constant, fitted by least squares.
 *
 * <p>Before the start of a series, or of an episode, an input counts as its mean.
 */
final class InputForecast {
    private final Dataset data;
    private final int lags;
    private final double[] centers;
    /** Each input is divided by its own: the ridge weighs all alike, so that no unit matters. */
    private final double[] deviations;

    private final double[][] weights;

    private InputForecast(Dataset data, int lags, double[] centers, double[] deviations) {
        this.data = data;
        this.lags = lags;
        this.centers = centers;
        this.deviations = deviations;
        this.weights = new double[data.targetWidth()][];
    }

    /** Whether there are at least three targets for each weight, and values that far back. */
    static boolean possible(Dataset data, int lags) {
        int episode = data.series().episode();
        int longest = episode > 0 ? episode : data.training().steps();
        return lags <= longest && data.scored(data.training()).length >= 3L * (lags * data.width() + 1);
    }

    static InputForecast fit(Dataset data, int lags) {
        double[] means = data.inputMeans();
        InputForecast forecast = new InputForecast(data, lags, means, data.inputDeviations(means));
        int size = lags * data.width() + 1;
        double[][] products = new double[size][size];
        double[][] right = new double[data.targetWidth()][size];
        double[] x = new double[size];
        for (int place : data.scored(data.training())) {
            int row = place % data.rows();
            int t = data.training().from() + place / data.rows();
            forecast.read(row, t, x);
            for (int i = 0; i < size; i++) {
                for (int j = i; j < size; j++) {
                    products[i][j] += x[i] * x[j];
                }
                for (int target = 0; target < right.length; target++) {
                    right[target][i] += x[i] * data.wanted(row, target, t);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                products[i][j] = products[j][i];
            }
        }
        NormalEquations equations = new NormalEquations(products);
        Arrays.setAll(forecast.weights, target -> equations.solve(right[target]));
        return forecast;
    }

    double predict(Baselines.Moment at) {
        double[] x = new double[lags * data.width() + 1];
        read(at.row(), at.t(), x);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += weights[at.target()][i] * x[i];
        }
        return sum;
    }

    /** The last values of each input, standardised, and a 1. */
    private void read(int row, int t, double[] x) {
        int episode = data.series().episode();
        int first = episode > 0 ? t / episode * episode : 0;
        int next = 0;
        for (int input = 0; input < data.width(); input++) {
            for (int lag = 0; lag < lags; lag++) {
                x[next++] =
                        t - lag < first ? 0 : (data.input(row, input, t - lag) - centers[input]) / deviations[input];
            }
        }
        x[next] = 1;
    }
}
