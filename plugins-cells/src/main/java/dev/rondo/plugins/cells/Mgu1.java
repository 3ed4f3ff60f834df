package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * Minimal gated unit whose gate sees the state and a bias.
 *
 * <pre>
 * f = σ(h U_f + b_f)
 * n = tanh(x W_n + (f ⊙ h) U_n + b_n)             reset=before, the paper
 * n = tanh(x W_n + b_n + f ⊙ (h U_n + b_nh))      reset=after
 * h' = (1 − f) ⊙ h + f ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The paper's MGU1. The gate sees the state and a bias, not the
 * input. The gate overwrites, so a positive bias makes the cell forget faster.
 */
@AutoService(Layer.class)
public final class Mgu1 implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MGU1")
                .summary("Minimal gated unit whose gate sees the state and a bias.")
                .paper("1701.03452", "Simplified Minimal Gated Unit Variations for Recurrent Neural Networks")
                .example("MGU1_16")
                .size(Descriptor.Size.REQUIRED)
                .options(Mgu.RESET, Mgu.GATE_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr f = s.sigmoid(s.affine("f", h, bias(s.value(Mgu.GATE_BIAS))));
        return s.next("h", lerp(h, Mgu.candidate(s, x, h, f), f));
    }
}
