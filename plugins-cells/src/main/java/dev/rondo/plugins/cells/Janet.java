package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Just another network: an LSTM of which only the forget gate is left.
 *
 * <pre>
 * a  = x W_f + h U_f + b_f       n = tanh(x W_n + h U_n + b_n)
 * h' = σ(a) ⊙ h + (1 − σ(a − β)) ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. β lets a unit write while it remembers. With t-max the forget
 * bias starts as ln U(1, t-max) (chrono, arXiv 1804.11188), without as 1.
 */
@AutoService(Layer.class)
public final class Janet implements Cell {
    private static final Option<Double> BETA =
            Option.real("beta", 1).range(-20, 20).doc("β, how much less the gate that writes is closed.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("JANET")
                .summary("The forget gate of an LSTM alone.")
                .paper("1804.04849", "The unreasonable effectiveness of the forget gate")
                .example("JANET_16")
                .size(Descriptor.Size.REQUIRED)
                .options(BETA, ForgetBias.T_MAX);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr a = s.affine("f", x, h, bias(ForgetBias.of(s, 1)));
        Expr n = s.tanh(s.affine("n", x, h));
        return s.next(
                "h",
                s.sigmoid(a)
                        .times(h)
                        .plus(oneMinus(s.sigmoid(a.minus(s.option(BETA)))).times(n)));
    }
}
