package dev.rondo.api.expr;

/**
 * An operand of {@code affine} and {@code linear}: a bare {@link Expr} has a full weight of its own.
 */
public sealed interface Term permits Expr, Weighted, Bias, Absent {
    /** {@code operand · W} with W filled by {@code init}. */
    static Term full(Expr operand, Init init) {
        return new Weighted(operand, Weighted.Kind.FULL, init, 1, null);
    }

    /** {@code operand ⊙ w}, one weight per unit: peepholes. */
    static Term diagonal(Expr operand) {
        return diagonal(operand, Init.AUTO);
    }

    /** {@code operand ⊙ w} with w filled by {@code init}. */
    static Term diagonal(Expr operand, Init init) {
        return new Weighted(operand, Weighted.Kind.DIAGONAL, init, 1, null);
    }

    /** {@code operand · W} with W made of {@code heads} square or oblong blocks along its diagonal: units of different heads do not meet. */
    static Term heads(Expr operand, int heads) {
        return heads(operand, heads, Init.AUTO);
    }

    /** Blocks along the diagonal, each filled by {@code init}. */
    static Term heads(Expr operand, int heads, Init init) {
        return new Weighted(operand, Weighted.Kind.HEADS, init, heads, null);
    }

    /** {@code operand · weight} with a weight that is an expression of parameters: U − Uᵀ, low rank, masked, tied. */
    static Term weighted(Expr operand, Expr weight) {
        return new Weighted(operand, Weighted.Kind.GIVEN, Init.AUTO, 1, weight);
    }

    /** {@code term} if {@code present}, else nothing. */
    static Term optional(boolean present, Term term) {
        return present ? term : Absent.INSTANCE;
    }

    /** The initial value of the bias, 0 where this is not said. */
    static Term bias(double initial) {
        return new Bias(Init.constant(initial));
    }

    /** The initial values of the bias. */
    static Term bias(Init init) {
        return new Bias(init);
    }
}
