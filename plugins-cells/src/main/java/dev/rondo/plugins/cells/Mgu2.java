package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * Minimal gated unit whose gate sees the state only.
 *
 * <pre>
 * f = σ(h U_f)
 * n = tanh(x W_n + (f ⊙ h) U_n + b_n)             reset=before, the paper
 * n = tanh(x W_n + b_n + f ⊙ (h U_n + b_nh))      reset=after
 * h' = (1 − f) ⊙ h + f ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The paper's MGU2. The gate sees the state only: from a zero
 * state it begins at ½.
 */
@AutoService(Layer.class)
public final class Mgu2 implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MGU2")
                .summary("Minimal gated unit whose gate sees the state only.")
                .paper("1701.03452", "Simplified Minimal Gated Unit Variations for Recurrent Neural Networks")
                .example("MGU2_16")
                .size(Descriptor.Size.REQUIRED)
                .options(Mgu.RESET);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr f = s.sigmoid(s.linear("f", h));
        return s.next("h", lerp(h, Mgu.candidate(s, x, h, f), f));
    }
}
