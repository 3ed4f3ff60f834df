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
 * Simple recurrent unit reduced to its forget gate: a gated average of projected inputs.
 *
 * <pre>
 * f  = σ(x W_f + b_f)
 * c' = f ⊙ c + (1 − f) ⊙ x W_u       h = φ(c')
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], b [H]; the state is c. The gate sees the input only and there is no highway, so
 * the loop is a linear scan.
 */
@AutoService(Layer.class)
public final class SruF implements Cell {
    private static final Option<String> ACTIVATION =
            Option.activation("activation", "tanh").doc("φ, applied to the state for the output.");
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SRUf")
                .summary("Simple recurrent unit with a forget gate alone.")
                .paper("Gordon 2017", "pytorch_bits, layer SRUf, after arXiv 1709.02755")
                .example("SRUf_16")
                .size(Descriptor.Size.REQUIRED)
                .options(ACTIVATION, FORGET_BIAS, ForgetBias.T_MAX);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr c = s.state("c");
        Expr f = s.sigmoid(s.affine("f", x, bias(ForgetBias.of(s, s.value(FORGET_BIAS)))));
        return s.activation(ACTIVATION, s.next("c", lerp(s.linear("u", x), c, f)));
    }
}
