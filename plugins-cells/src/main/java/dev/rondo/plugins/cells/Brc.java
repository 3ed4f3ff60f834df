package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.diagonal;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * Bistable recurrent cell: each unit sees its own state only and can latch it.
 *
 * <pre>
 * a  = 1 + tanh(x W_a + w_a ⊙ h + b_a)       c = σ(x W_c + w_c ⊙ h + b_c)
 * h' = c ⊙ h + (1 − c) ⊙ tanh(x W_n + a ⊙ h)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], w and b [H]. A unit with a > 1 has two stable states. w starts at 1; the
 * candidate has no bias.
 */
@AutoService(Layer.class)
public final class Brc implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("BRC")
                .summary("Bistable cell: memory within each unit, no matrix of the state.")
                .paper("2006.05252", "A bio-inspired bistable recurrent cell allows for long-lasting memory")
                .example("BRC_16")
                .size(Descriptor.Size.REQUIRED);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr a = s.tanh(s.affine("a", x, diagonal(h, Init.ONES))).plus(1);
        Expr c = s.sigmoid(s.affine("c", x, diagonal(h, Init.ONES)));
        return s.next("h", lerp(s.tanh(s.linear("n", x).plus(a.times(h))), h, c));
    }
}
