package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.sigmoid;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Gate and candidate share one pair of matrices.
 *
 * <pre>
 * a  = x W + h U        z = σ(a + b_z)        n = tanh(a + b_n)
 * h' = (σ(ζ) (1 − z) + σ(ν)) ⊙ n + z ⊙ h
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. ζ and ν are single numbers that start at 1 and −4, the biases
 * start at 1. W and U as in FastRNN.
 */
@AutoService(Layer.class)
public final class FastGrnn implements Cell {
    private static final Option<Double> ZETA =
            Option.real("zeta", 1).range(-50, 50).doc("Initial ζ.");
    private static final Option<Double> NU =
            Option.real("nu", -4).range(-50, 50).doc("Initial ν.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("FastGRNN")
                .summary("Gated network with one pair of matrices for gate and candidate.")
                .paper(
                        "1901.02358",
                        "FastGRNN: A Fast, Accurate, Stable and Tiny Kilobyte Sized Gated Recurrent Neural Network")
                .example("FastGRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(ZETA, NU, FastRnn.W_RANK, FastRnn.U_RANK);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr a = s.linear(
                "a",
                FastRnn.low(s, "a.W", x, s.value(FastRnn.W_RANK)),
                FastRnn.low(s, "a.U", h, s.value(FastRnn.U_RANK)));
        Expr z = s.sigmoid(a.plus(s.vector("z.b", s.units(), Init.ONES)));
        Expr n = s.tanh(a.plus(s.vector("n.b", s.units(), Init.ONES)));
        Expr zeta = sigmoid(s.scalar("zeta", s.value(ZETA)));
        Expr nu = sigmoid(s.scalar("nu", s.value(NU)));
        return s.next("h", oneMinus(z).times(zeta).plus(nu).times(n).plus(z.times(h)));
    }
}
