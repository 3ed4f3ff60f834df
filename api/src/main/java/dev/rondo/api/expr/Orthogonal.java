package dev.rondo.api.expr;

/** Random orthonormal matrices by Gram and Schmidt, in double precision. */
final class Orthogonal {
    private Orthogonal() {}

    static void fill(float[] values, int rows, int columns, RandomStream random) {
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] basis = new double[count][length];
        for (int i = 0; i < count; i++) {
            double norm = 0;
            while (norm < 1e-6) { // a draw within the span of the others is almost impossible, but not impossible
                for (int k = 0; k < length; k++) {
                    basis[i][k] = random.normal();
                }
                for (int pass = 0; pass < 2; pass++) { // twice is enough (Giraud et al. 2005)
                    for (int j = 0; j < i; j++) {
                        double along = dot(basis[i], basis[j]);
                        for (int k = 0; k < length; k++) {
                            basis[i][k] -= along * basis[j][k];
                        }
                    }
                }
                norm = Math.sqrt(dot(basis[i], basis[i]));
            }
            for (int k = 0; k < length; k++) {
                basis[i][k] /= norm;
            }
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[r * columns + c] = (float) (rows <= columns ? basis[r][c] : basis[c][r]);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
