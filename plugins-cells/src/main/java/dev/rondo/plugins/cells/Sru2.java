package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Simple recurrent unit with gates of its own for input and state, and no highway.
 *
 * <pre>
 * f  = σ(x W_f + b_f)                i = σ(x W_i + b_i)
 * c' = f ⊙ c + i ⊙ x W_u             h = φ(c')
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], b [H]; the state is c, which is unbounded. The gates see the input only, so the
 * loop is a linear scan.
 */
@AutoService(Layer.class)
public final class Sru2 implements Cell {
    private static final Option<String> ACTIVATION =
            Option.activation("activation", "tanh").doc("φ, applied to the state for the output.");
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SRU2")
                .summary("Simple recurrent unit with separate input and forget gates.")
                .paper("Gordon 2017", "pytorch_bits, layer SRU2, after arXiv 1709.02755")
                .example("SRU2_16")
                .size(Descriptor.Size.REQUIRED)
                .options(ACTIVATION, FORGET_BIAS, ForgetBias.T_MAX);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr f = s.sigmoid(s.affine("f", x, bias(ForgetBias.of(s, s.value(FORGET_BIAS)))));
        Expr i = s.sigmoid(s.affine("i", x));
        Expr c = s.next("c", f.times(s.state("c")).plus(i.times(s.linear("u", x))));
        return s.activation(ACTIVATION, c);
    }
}
