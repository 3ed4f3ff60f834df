package dev.rondo.core.kernels;

/** The error function in double precision. */
public final class Erf {
    private static final double SERIES_BELOW = 3.0;
    private static final double ONE_ABOVE = 6.0;

    private Erf() {}

    /** Sums the Maclaurin series, or beyond 3 the continued fraction of the complement; relative error below 1e-12. */
    public static double of(double x) {
        double z = Math.abs(x);
        if (!(z < ONE_ABOVE)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double square = x * x;
        if (z < SERIES_BELOW) {
            double term = x;
            double sum = x;
            for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
                term *= 2 * square / (2 * n + 1);
                sum += term;
            }
            return 2 / Math.sqrt(Math.PI) * Math.exp(-square) * sum;
        }
        double fraction = z;
        for (int n = 60; n >= 1; n--) {
            fraction = z + n / 2.0 / fraction;
        }
        return Math.signum(x) * (1 - Math.exp(-square) / Math.sqrt(Math.PI) / fraction);
    }
}
