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
 * Second of the three cells that a search over architectures found.
 *
 * <pre>
 * z  = σ(x W_z + h U_z + b_z)       r = σ(x W_x + h U_r + b_r)
 * n  = tanh((r ⊙ h) U_n + x W_n + b_n)
 * h' = z ⊙ n + (1 − z) ⊙ h
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The paper prints x without W_x, which needs D = H: raw-x=true.
 */
@AutoService(Layer.class)
public final class Mut2 implements Cell {
    private static final Option<Boolean> RAW_X = Option.flag("raw-x", false)
            .doc("Whether the input itself is added where the paper prints it without a matrix.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MUT2")
                .summary("Cell found by search, the second.")
                .paper("Jozefowicz et al. 2015", "An Empirical Exploration of Recurrent Network Architectures")
                .example("MUT2_16")
                .size(Descriptor.Size.REQUIRED)
                .options(RAW_X);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        s.require(
                !s.value(RAW_X) || x.width() == s.units(),
                "raw-x=true needs input width = size; input is " + x.width());
        Expr h = s.state("h");
        Expr z = s.sigmoid(s.affine("z", x, h));
        Expr r = s.sigmoid(s.affine("r", h).plus(s.value(RAW_X) ? x : s.linear("x", x)));
        return s.next("h", lerp(h, s.tanh(s.affine("n", x, r.times(h))), z));
    }
}
