package dev.rondo.core.data;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The equations of least squares, solved in double precision.
 *
 * <p>A ridge of 1e-11 of the mean diagonal keeps them solvable where a series obeys a shorter rule exactly, as a sine does.
 */
final class NormalEquations {
    private static final double RIDGE = 1e-11;

    private final double[][] products;

    /** @param products XᵀX, symmetric; its diagonal is changed */
    NormalEquations(double[][] products) {
        this.products = products;
        double trace = 0;
        for (int i = 0; i < products.length; i++) {
            trace += products[i][i];
        }
        for (int i = 0; i < products.length; i++) {
            products[i][i] += Math.max(RIDGE * trace / products.length, Double.MIN_NORMAL);
        }
    }

    /** The weights for {@code right}, which is Xᵀy. */
    double[] solve(double[] right) {
        try (INDArray matrix = Nd4j.createFromArray(products);
                INDArray column = Nd4j.createFromArray(right).reshape(right.length, 1);
                INDArray solution = Nd4j.linalg().solve(matrix, column)) {
            return solution.reshape(right.length).toDoubleVector();
        }
    }
}
