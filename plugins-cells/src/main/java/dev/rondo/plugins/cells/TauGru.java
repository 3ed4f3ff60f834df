package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Gated unit with a second look at the state of some steps ago.
 *
 * <pre>
 * u  = tanh(x W_u + h U_u + b_u)       q = tanh(x W_q + h₋d U_q + b_q)
 * g  = σ(x W_g + h U_g + b_g)          a = σ(x W_a + h U_a + b_a)
 * h' = (1 − g) ⊙ h + g ⊙ (u + a ⊙ q)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. h₋d is the state of delay more steps ago, zero before the
 * start; the last delay states are carried.
 */
@AutoService(Layer.class)
public final class TauGru implements Cell {
    private static final Option<Integer> DELAY =
            Option.whole("delay", 1).range(1, 10000).doc("How many steps further back the second look goes.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("TauGRU")
                .summary("GRU-like cell with a delayed state.")
                .paper("2212.00228", "Gated Recurrent Neural Networks with Weighted Time-Delay Feedback")
                .example("TauGRU_16_delay=3")
                .size(Descriptor.Size.REQUIRED)
                .options(DELAY);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr late = s.lag(h, s.value(DELAY));
        Expr u = s.tanh(s.affine("u", x, h));
        Expr q = s.tanh(s.affine("q", x, late));
        Expr g = s.sigmoid(s.affine("g", x, h));
        Expr a = s.sigmoid(s.affine("a", x, h));
        return s.next("h", lerp(h, u.plus(a.times(q)), g));
    }
}
