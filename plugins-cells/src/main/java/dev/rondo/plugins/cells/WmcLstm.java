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
 * LSTM with working memory connections: the gates see a squashed map of the whole cell state.
 *
 * <pre>
 * i  = σ(x W_i + h U_i + tanh(c V_i) + b_i)       f likewise
 * g  = tanh(x W_g + h U_g + b_g)                  c' = f ⊙ c + i ⊙ g
 * o  = σ(x W_o + h U_o + tanh(c' V_o) + b_o)      h' = o ⊙ tanh(c')
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. V [H, H]. The output gate sees the new c.
 */
@AutoService(Layer.class)
public final class WmcLstm implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the cell remembers from the beginning.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("WMCLSTM")
                .summary("LSTM whose gates see the cell state through a matrix.")
                .paper("2109.00020", "Working Memory Connections for LSTM")
                .example("WMCLSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr old = s.state("c");
        Expr i = s.sigmoid(s.affine("i", x, h).plus(s.tanh(s.linear("ic", old))));
        Expr f = s.sigmoid(s.affine("f", x, h, bias(s.value(FORGET_BIAS))).plus(s.tanh(s.linear("fc", old))));
        Expr c = s.next("c", f.times(old).plus(i.times(s.tanh(s.affine("g", x, h)))));
        Expr o = s.sigmoid(s.affine("o", x, h).plus(s.tanh(s.linear("oc", c))));
        return s.next("h", o.times(s.tanh(c)));
    }
}
