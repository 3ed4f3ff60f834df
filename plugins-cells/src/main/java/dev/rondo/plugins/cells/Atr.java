package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Addition-subtraction twin-gated network: sum and difference of two projections are its gates.
 *
 * <pre>
 * p  = x W        q = h U
 * i  = σ(p + q)   f = σ(p − q)
 * h' = i ⊙ p + f ⊙ h
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. There is no bias in the authors' TensorFlow cell, one on both
 * maps in their PyTorch cell (bias=true). Nothing squashes the state.
 */
@AutoService(Layer.class)
public final class Atr implements Cell {
    private static final Option<Boolean> BIAS = Option.flag("bias", false).doc("Whether both projections have a bias.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ATR")
                .summary("Twin gates from the sum and the difference of two projections.")
                .paper(
                        "1810.12546",
                        "Simplifying Neural Machine Translation with Addition-Subtraction Twin-Gated Recurrent Networks")
                .example("ATR_16")
                .size(Descriptor.Size.REQUIRED)
                .options(BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr p = s.value(BIAS) ? s.affine("p", x) : s.linear("p", x);
        Expr q = s.value(BIAS) ? s.affine("q", h) : s.linear("q", h);
        return s.next(
                "h", s.sigmoid(p.plus(q)).times(p).plus(s.sigmoid(p.minus(q)).times(h)));
    }
}
