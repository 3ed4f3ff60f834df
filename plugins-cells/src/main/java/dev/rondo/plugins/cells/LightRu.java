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
 * Light recurrent unit: one gate, a candidate that sees the input only.
 *
 * <pre>
 * n  = tanh(x W_n)       f = σ(x W_f + h U_f + b_f)
 * h' = (1 − f) ⊙ h + f ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The candidate has no bias. Here f overwrites the state.
 */
@AutoService(Layer.class)
public final class LightRu implements Cell {
    private static final Option<Double> GATE_BIAS = Option.real("gate-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the gate; below 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LightRU")
                .summary("Light recurrent unit: a gate and a candidate from the input.")
                .paper(
                        "Ye et al. 2024",
                        "Light Recurrent Unit: Towards an Interpretable Recurrent Neural Network for Modeling Long-Range Dependency (Electronics 13(16), 3204)")
                .example("LightRU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(GATE_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr f = s.sigmoid(s.affine("f", x, h, bias(s.value(GATE_BIAS))));
        return s.next("h", lerp(h, s.tanh(s.linear("n", x)), f));
    }
}
