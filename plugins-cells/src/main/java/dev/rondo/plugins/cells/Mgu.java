package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Minimal gated unit: one gate that both resets and overwrites.
 *
 * <pre>
 * f = σ(x W_f + h U_f + b_f)
 * n = tanh(x W_n + (f ⊙ h) U_n + b_n)             reset=before, the paper
 * n = tanh(x W_n + b_n + f ⊙ (h U_n + b_nh))      reset=after, one dependent product less
 * h' = (1 − f) ⊙ h + f ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. Here f overwrites the state, so a positive bias makes the cell forget
 * faster, the reverse of an LSTM; some libraries write f and 1 − f the other way round.
 */
@AutoService(Layer.class)
public final class Mgu implements Cell {
    /** Where the gate acts on the state that the candidate sees. */
    enum Reset {
        BEFORE,
        AFTER
    }

    static final Option<Reset> RESET = Option.choice("reset", Reset.BEFORE)
            .doc("Whether the gate acts before the product with the state (the paper) or after it.");
    static final Option<Double> GATE_BIAS = Option.real("gate-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the gate; below 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MGU")
                .summary("Minimal gated unit, one gate.")
                .paper("1603.09420", "Minimal Gated Unit for Recurrent Neural Networks")
                .example("MGU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(RESET, GATE_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr f = s.sigmoid(s.affine("f", x, h, bias(s.value(GATE_BIAS))));
        return s.next("h", lerp(h, candidate(s, x, h, f), f));
    }

    /** n, the same in all variants of the cell. */
    static Expr candidate(CellScope s, Expr x, Expr h, Expr f) {
        return s.tanh(
                s.value(RESET) == Reset.BEFORE
                        ? s.affine("n", x, f.times(h))
                        : s.affine("n", x).plus(f.times(s.affine("nh", h))));
    }
}
