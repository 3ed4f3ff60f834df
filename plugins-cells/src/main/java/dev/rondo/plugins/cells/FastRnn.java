package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.matmul;
import static dev.rondo.api.expr.Fn.sigmoid;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.full;
import static dev.rondo.api.expr.Term.weighted;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * A simple network with a weighted residual connection, the two weights trained.
 *
 * <pre>
 * n  = tanh(x W + h U + b)
 * h' = σ(α) n + σ(β) h
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. α and β are single numbers that start at −3 and 3; a port has
 * them the other way round. W and U start as N(0, 0.01), or are products of two such matrices of low rank; b starts
 * at 1.
 */
@AutoService(Layer.class)
public final class FastRnn implements Cell {
    private static final Option<Double> ALPHA =
            Option.real("alpha", -3).range(-50, 50).doc("Initial α; σ(α) is the share of the new.");
    private static final Option<Double> BETA =
            Option.real("beta", 3).range(-50, 50).doc("Initial β; σ(β) is the share of the old.");
    static final Option<Integer> W_RANK =
            Option.whole("w-rank", 0).range(0, 1000000).doc("Rank of the weight of the input; 0 for a full matrix.");
    static final Option<Integer> U_RANK =
            Option.whole("u-rank", 0).range(0, 1000000).doc("Rank of the weight of the state; 0 for a full matrix.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("FastRNN")
                .summary("Simple network with a trained residual connection.")
                .paper(
                        "1901.02358",
                        "FastGRNN: A Fast, Accurate, Stable and Tiny Kilobyte Sized Gated Recurrent Neural Network")
                .example("FastRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(ALPHA, BETA, W_RANK, U_RANK);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr n = s.tanh(s.affine("n", low(s, "n.W", x, s.value(W_RANK)), low(s, "n.U", h, s.value(U_RANK)), bias(1)));
        Expr alpha = sigmoid(s.scalar("alpha", s.value(ALPHA)));
        Expr beta = sigmoid(s.scalar("beta", s.value(BETA)));
        return s.next("h", n.times(alpha).plus(h.times(beta)));
    }

    /** The operand times a matrix that is the product of two narrow ones, if {@code rank} is not 0. */
    static Term low(CellScope s, String name, Expr operand, int rank) {
        Init small = Init.normal(0.1);
        if (rank == 0) {
            return full(operand, small);
        }
        Expr left = s.parameter(name + ".left", Shape.matrix(operand.width(), rank), small);
        Expr right = s.parameter(name + ".right", Shape.matrix(rank, s.units()), small);
        return weighted(operand, matmul(left, right));
    }
}
