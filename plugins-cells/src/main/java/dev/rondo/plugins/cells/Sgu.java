package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.clamp;
import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.softplus;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Simple gated unit: the input multiplies the state on its way to the gate.
 *
 * <pre>
 * p  = x W_p + b_p                    g = tanh((p ⊙ h) U_g + b_g)
 * z  = hardσ(x W_z + h U_z + b_z)     y = softplus(g ⊙ h)
 * h' = (1 − z) ⊙ h + z ⊙ y
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. Libraries disagree in the slope of the hard sigmoid, so it is
 * an option.
 */
@AutoService(Layer.class)
public final class Sgu implements Cell {
    /** Slope of the hard sigmoid max(0, min(1, slope · a + ½)). */
    enum Slope {
        /** 1/6: PyTorch, Keras 3. */
        SIXTH,
        /** 1/5: Keras 2, Theano. */
        FIFTH
    }

    static final Option<Slope> SLOPE =
            Option.choice("slope", Slope.SIXTH).doc("Slope of the hard sigmoid of the gate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SGU")
                .summary("Simple gated unit, multiplicative gate.")
                .paper("1604.02910", "Deep Gate Recurrent Neural Network")
                .example("SGU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(SLOPE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr g = s.tanh(s.affine("g", s.affine("p", x).times(h)));
        return s.next("h", lerp(h, softplus(g.times(h)), gate(s, x, h)));
    }

    /** The update gate, a hard sigmoid. */
    static Expr gate(CellScope s, Expr x, Expr h) {
        double slope = s.value(SLOPE) == Slope.SIXTH ? 1.0 / 6 : 0.2;
        return clamp(s.affine("z", x, h).times(slope).plus(0.5), 0, 1);
    }
}
