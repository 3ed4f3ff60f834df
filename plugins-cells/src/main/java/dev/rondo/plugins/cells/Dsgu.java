package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * Deep simple gated unit: a second matrix behind the multiplicative gate.
 *
 * <pre>
 * p  = x W_p + b_p                    g = tanh((p ⊙ h) U_g + b_g)
 * z  = hardσ(x W_z + h U_z + b_z)     y = σ((g ⊙ h) U_y)
 * h' = (1 − z) ⊙ h + z ⊙ y
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. Libraries disagree in the slope of the hard sigmoid, so it is
 * an option.
 */
@AutoService(Layer.class)
public final class Dsgu implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("DSGU")
                .summary("Deep simple gated unit.")
                .paper("1604.02910", "Deep Gate Recurrent Neural Network")
                .example("DSGU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(Sgu.SLOPE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr g = s.tanh(s.affine("g", s.affine("p", x).times(h)));
        Expr y = s.sigmoid(s.linear("y", g.times(h)));
        return s.next("h", lerp(h, y, Sgu.gate(s, x, h)));
    }
}
