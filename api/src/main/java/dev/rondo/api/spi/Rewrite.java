package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/**
 * What a wrapper makes of the matrix products inside the {@code affine} and {@code linear} of the cell that it wraps, and of all
 * cells that this one wraps: variational dropout changes operands, drop-connect weights, layer normalisation products.
 *
 * <p>Diagonal weights are no matrix products and stay as they are. {@code name} is the weight's, beneath the wrapper's path, as in
 * {@code 0/f.U}: what a rewrite declares under a name of that kind is its own. {@code recurrent} says whether the operand depends
 * on a state.
 */
public interface Rewrite {
    /** What is multiplied, in place of {@code operand}; as wide as that. */
    default Expr operand(String name, boolean recurrent, Expr operand) {
        return operand;
    }

    /** By what it is multiplied, in place of {@code weight}; in the same shape. */
    default Expr weight(String name, boolean recurrent, Expr weight) {
        return weight;
    }

    /** What becomes of the product; as wide as that. */
    default Expr product(String name, boolean recurrent, Expr product) {
        return product;
    }
}
