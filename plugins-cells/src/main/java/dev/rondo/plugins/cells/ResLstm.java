package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.diagonal;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Peephole LSTM whose output gate also lets the input pass.
 *
 * <pre>
 * i  = σ(x W_i + h U_i + p_i ⊙ c + b_i)       f likewise
 * g  = tanh(x W_g + h U_g + b_g)              c' = f ⊙ c + i ⊙ g
 * o  = σ(x W_o + h U_o + p_o ⊙ c' + b_o)      h' = o ⊙ (tanh(c') P + x W_r)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. P [H, H]. With identity-skip=true W_r is the unit matrix, which
 * needs D = H.
 */
@AutoService(Layer.class)
public final class ResLstm implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the cell remembers from the beginning.");
    private static final Option<Boolean> IDENTITY_SKIP =
            Option.flag("identity-skip", false).doc("Whether the input passes as it is, without a matrix.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ResLSTM")
                .summary("Residual LSTM, for deep stacks.")
                .paper(
                        "1701.03360",
                        "Residual LSTM: Design of a Deep Recurrent Architecture for Distant Speech Recognition")
                .example("ResLSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS, IDENTITY_SKIP);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        boolean direct = s.value(IDENTITY_SKIP);
        s.require(
                !direct || x.width() == s.units(),
                "identity-skip=true needs input width = size; input is " + x.width());
        Expr h = s.state("h");
        Expr old = s.state("c");
        Expr i = s.sigmoid(s.affine("i", x, h, diagonal(old)));
        Expr f = s.sigmoid(s.affine("f", x, h, diagonal(old), bias(s.value(FORGET_BIAS))));
        Expr c = s.next("c", f.times(old).plus(i.times(s.tanh(s.affine("g", x, h)))));
        Expr o = s.sigmoid(s.affine("o", x, h, diagonal(c)));
        Expr skip = direct ? x : s.linear("skip", x);
        return s.next("h", o.times(s.linear("proj", s.tanh(c)).plus(skip)));
    }
}
