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
 * Strongly typed LSTM: the gates see this input and the last one, never the state.
 *
 * <pre>
 * z  = x W_z + x₋₁ V_z + b_z       f = σ(x W_f + x₋₁ V_f + b_f)       o = φ(x W_o + x₋₁ V_o + b_o)
 * c' = f ⊙ c + (1 − f) ⊙ z         h = c' ⊙ o
 * </pre>
 *
 * <p>Shapes: x [batch, D], W and V [D, H], b [H]; the state is c and the last input, zero before the start. φ is
 * tanh, the one that --tanh replaces. Not the time-aware LSTM, which is called T-LSTM too.
 */
@AutoService(Layer.class)
public final class Tlstm implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("TLSTM")
                .summary("Strongly typed LSTM: gates from this input and the last, none from the state.")
                .paper("1602.02218", "Strongly-Typed Recurrent Neural Networks")
                .example("TLSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr last = s.lag(x, 1);
        Expr f = s.sigmoid(s.affine("f", x, last, bias(s.value(FORGET_BIAS))));
        Expr o = s.tanh(s.affine("o", x, last));
        Expr c = s.next("c", lerp(s.affine("z", x, last), s.state("c"), f));
        return c.times(o);
    }
}
