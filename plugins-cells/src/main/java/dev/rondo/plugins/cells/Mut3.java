package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * Third of the three cells that a search over architectures found.
 *
 * <pre>
 * z  = σ(x W_z + tanh(h) U_z + b_z)       r = σ(x W_r + h U_r + b_r)
 * n  = tanh((r ⊙ h) U_n + x W_n + b_n)
 * h' = z ⊙ n + (1 − z) ⊙ h
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The update gate sees tanh(h) in place of h.
 */
@AutoService(Layer.class)
public final class Mut3 implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MUT3")
                .summary("Cell found by search, the third.")
                .paper("Jozefowicz et al. 2015", "An Empirical Exploration of Recurrent Network Architectures")
                .example("MUT3_16")
                .size(Descriptor.Size.REQUIRED);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr z = s.sigmoid(s.affine("z", x, s.tanh(h)));
        Expr r = s.sigmoid(s.affine("r", x, h));
        return s.next("h", lerp(h, s.tanh(s.affine("n", x, r.times(h))), z));
    }
}
