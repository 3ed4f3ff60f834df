package dev.rondo.core.data;

/**
 * The next value as a weighted sum of the last ones and a constant, fitted by least squares; each target column has its own weights.
 */
final class LinearForecast {
    private final double[][] weights;
    private final double[] centers;

    private LinearForecast(double[][] weights, double[] centers) {
        this.weights = weights;
        this.centers = centers;
    }

    /** Whether the training part has at least three targets for each weight, and a past for each target. */
    static boolean possible(Dataset data, int lags) {
        int usable = data.training().to() - lags + 1;
        return usable > lags && (long) usable * data.rows() >= 3L * (lags + 1);
    }

    static LinearForecast fit(Dataset data, int lags) {
        double[][] weights = new double[data.targetWidth()][];
        double[] centers = new double[data.targetWidth()];
        for (int target = 0; target < weights.length; target++) {
            double[][] rows = histories(data, target);
            // Without its mean a series far from zero would lose digits in the products.
            centers[target] = center(rows);
            // The ridge weighs lags and constant alike: with a deviation of 1 the forecast is the same in every unit.
            double deviation = deviation(rows);
            weights[target] = weights(rows, lags);
            weights[target][lags] *= deviation;
        }
        return new LinearForecast(weights, centers);
    }

    double predict(Baselines.Moment at) {
        double[] w = weights[at.target()];
        double center = centers[at.target()];
        double sum = w[w.length - 1];
        for (int i = 0; i < w.length - 1; i++) {
            sum += w[i] * (at.past(i) - center);
        }
        return sum + center;
    }

    /** Values 0 to the last training target of each row. */
    private static double[][] histories(Dataset data, int target) {
        double[][] rows = new double[data.rows()][data.training().to() + 1];
        for (int row = 0; row < rows.length; row++) {
            for (int t = 0; t < rows[row].length; t++) {
                rows[row][t] = data.value(row, target, t);
            }
        }
        return rows;
    }

    private static double center(double[][] rows) {
        double sum = 0;
        for (double[] row : rows) {
            for (double value : row) {
                sum += value;
            }
        }
        double mean = sum / rows.length / rows[0].length;
        for (double[] row : rows) {
            for (int t = 0; t < row.length; t++) {
                row[t] -= mean;
            }
        }
        return mean;
    }

    /** Divides by the deviation from 0 and gives it; rows of zeros stay. */
    private static double deviation(double[][] rows) {
        double squares = 0;
        for (double[] row : rows) {
            for (double value : row) {
                squares += value * value;
            }
        }
        double deviation = squares > 0 ? Math.sqrt(squares / rows.length / rows[0].length) : 1;
        for (double[] row : rows) {
            for (int t = 0; t < row.length; t++) {
                row[t] /= deviation;
            }
        }
        return deviation;
    }

    /** The weights of lag 0, 1, ... and the constant. */
    private static double[] weights(double[][] rows, int lags) {
        double[][] products = new double[lags + 1][lags + 1];
        double[] right = new double[lags + 1];
        for (double[] v : rows) {
            add(v, lags, products, right);
        }
        return new NormalEquations(products).solve(right);
    }

    /**
     * Adds the products of one row. Those of lags i + 1 and j + 1 are those of i and j, shifted by one step: one product more at the
     * beginning, one less at the end.
     */
    private static void add(double[] v, int lags, double[][] products, double[] right) {
        int first = lags - 1;
        int last = v.length - 2;
        double[][] own = new double[lags][lags];
        for (int t = first; t <= last; t++) {
            for (int j = 0; j < lags; j++) {
                own[0][j] += v[t] * v[t - j];
                right[j] += v[t + 1] * v[t - j];
                products[lags][j] += v[t - j];
            }
            right[lags] += v[t + 1];
            products[lags][lags] += 1;
        }
        for (int i = 1; i < lags; i++) {
            for (int j = i; j < lags; j++) {
                own[i][j] = own[i - 1][j - 1] + v[first - i] * v[first - j] - v[last + 1 - i] * v[last + 1 - j];
            }
        }
        for (int i = 0; i < lags; i++) {
            for (int j = i; j < lags; j++) {
                products[i][j] += own[i][j];
                products[j][i] = products[i][j];
            }
            products[i][lags] = products[lags][i];
        }
    }
}
