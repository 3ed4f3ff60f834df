package dev.rondo.core.data;

/**
 * After how many steps a series repeats itself, read off the autocorrelation of its first target in the training part.
 *
 * <p>A season is a lag at which the autocorrelation, after a linear trend is taken out, is highest among the lags around it and stands
 * out by at least 0.3 from the lowest value at a shorter lag. Of those that stand out nearly as much as the best the shortest is taken.
 */
final class Season {
    private static final int LONGEST = 1000;
    private static final double PROMINENCE = 0.3;

    private Season() {}

    /** The season in steps, 0 if there is none. */
    static int find(Dataset data) {
        int values = data.training().to();
        int longest = Math.min(values / 3, LONGEST);
        double[] correlation = new double[longest + 1];
        for (int row = 0; row < data.rows(); row++) {
            double[] v = withoutTrend(data, row, values);
            for (int lag = 0; lag <= longest; lag++) {
                double sum = 0;
                for (int t = lag; t < values; t++) {
                    sum += v[t] * v[t - lag];
                }
                correlation[lag] += sum / (values - lag);
            }
        }
        return peak(correlation);
    }

    private static int peak(double[] correlation) {
        int longest = correlation.length - 1;
        double scale = correlation[0];
        if (!(scale > 0)) {
            return 0;
        }
        double[] prominence = new double[correlation.length];
        double lowest = scale;
        double best = 0;
        for (int lag = 2; lag <= longest; lag++) {
            lowest = Math.min(lowest, correlation[lag - 1]);
            if (correlation[lag] > 0.1 * scale && highestAround(correlation, lag)) {
                prominence[lag] = (correlation[lag] - lowest) / scale;
                best = Math.max(best, prominence[lag]);
            }
        }
        for (int lag = 2; lag <= longest && best >= PROMINENCE; lag++) {
            if (prominence[lag] >= 0.9 * best) {
                return lag;
            }
        }
        return 0;
    }

    private static boolean highestAround(double[] correlation, int lag) {
        int reach = Math.max(1, lag / 5);
        if (lag + reach >= correlation.length) {
            return false;
        }
        for (int other = lag - reach; other <= lag + reach; other++) {
            if (correlation[other] > correlation[lag]) {
                return false;
            }
        }
        return true;
    }

    private static double[] withoutTrend(Dataset data, int row, int values) {
        double[] v = new double[values];
        double middle = (values - 1) / 2.0;
        double mean = 0;
        double along = 0;
        double spread = 0;
        for (int t = 0; t < values; t++) {
            v[t] = data.value(row, 0, t);
            mean += v[t] / values;
            along += (t - middle) * v[t];
            spread += (t - middle) * (t - middle);
        }
        double slope = spread > 0 ? along / spread : 0;
        for (int t = 0; t < values; t++) {
            v[t] -= mean + slope * (t - middle);
        }
        return v;
    }
}
