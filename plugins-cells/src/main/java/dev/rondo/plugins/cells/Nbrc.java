package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.full;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * Recurrently neuromodulated bistable cell: units switch each other between latching and forgetting.
 *
 * <pre>
 * a  = 1 + tanh(x W_a + h U_a + b_a)       c = σ(x W_c + h U_c + b_c)
 * h' = c ⊙ h + (1 − c) ⊙ tanh(x W_n + a ⊙ h)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The bistable cell with matrices in place of its diagonals,
 * started by Glorot. The candidate has no bias.
 */
@AutoService(Layer.class)
public final class Nbrc implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("NBRC")
                .summary("Bistable cell whose gates see all units.")
                .paper("2006.05252", "A bio-inspired bistable recurrent cell allows for long-lasting memory")
                .example("NBRC_16")
                .size(Descriptor.Size.REQUIRED);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr a = s.tanh(s.affine("a", x, full(h, Init.GLOROT))).plus(1);
        Expr c = s.sigmoid(s.affine("c", x, full(h, Init.GLOROT)));
        return s.next("h", lerp(s.tanh(s.linear("n", x).plus(a.times(h))), h, c));
    }
}
