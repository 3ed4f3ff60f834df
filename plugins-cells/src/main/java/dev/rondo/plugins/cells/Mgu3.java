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
 * Minimal gated unit whose gate is one trained number per unit.
 *
 * <pre>
 * f = σ(b_f)
 * n = tanh(x W_n + (f ⊙ h) U_n + b_n)             reset=before, the paper
 * n = tanh(x W_n + b_n + f ⊙ (h U_n + b_nh))      reset=after
 * h' = (1 − f) ⊙ h + f ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The paper's MGU3. The gate is a trained constant for each unit.
 * The gate overwrites, so a positive bias makes the cell forget faster.
 */
@AutoService(Layer.class)
public final class Mgu3 implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MGU3")
                .summary("Minimal gated unit whose gate is one trained number per unit.")
                .paper("1701.03452", "Simplified Minimal Gated Unit Variations for Recurrent Neural Networks")
                .example("MGU3_16")
                .size(Descriptor.Size.REQUIRED)
                .options(Mgu.RESET, Mgu.GATE_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr f = s.sigmoid(s.affine("f", bias(s.value(Mgu.GATE_BIAS))));
        return s.next("h", lerp(h, Mgu.candidate(s, x, h, f), f));
    }
}
