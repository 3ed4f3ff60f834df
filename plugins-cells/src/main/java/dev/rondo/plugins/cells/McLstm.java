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
 * LSTM with a memory controller: what goes round is not what comes out.
 *
 * <pre>
 * i  = σ(x W_i + v U_i + b_i)     f, o, m likewise     n = tanh(x W_n + v U_n + b_n)
 * c' = f ⊙ c + i ⊙ n
 * h  = o ⊙ tanh(c')               v' = m ⊙ tanh(c')
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The states are c and v; the output h is not fed back. Not the
 * mass-conserving LSTM, MC-LSTM.
 */
@AutoService(Layer.class)
public final class McLstm implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the cell remembers from the beginning.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MCLSTM")
                .summary("LSTM with separate gates for output and feedback.")
                .paper("Ben-Ari and Shwartz-Ziv 2017", "Sequence modeling using a memory controller extension for LSTM")
                .example("MCLSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr v = s.state("v");
        Expr i = s.sigmoid(s.affine("i", x, v));
        Expr f = s.sigmoid(s.affine("f", x, v, bias(s.value(FORGET_BIAS))));
        Expr o = s.sigmoid(s.affine("o", x, v));
        Expr m = s.sigmoid(s.affine("m", x, v));
        Expr n = s.tanh(s.affine("n", x, v));
        Expr squashed = s.tanh(s.next("c", f.times(s.state("c")).plus(i.times(n))));
        s.next("v", m.times(squashed));
        return o.times(squashed);
    }
}
