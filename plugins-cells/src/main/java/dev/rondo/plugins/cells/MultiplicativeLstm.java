package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * LSTM whose gates see a product of input and state.
 *
 * <pre>
 * m  = (x W_m) ⊙ (h U_m)
 * i  = σ(x W_i + m V_i + b_i)     f, o likewise     g = x W_g + m V_g + b_g
 * c' = f ⊙ c + i ⊙ tanh(g)        h' = o ⊙ tanh(c')
 * c' = f ⊙ c + i ⊙ g              h' = tanh(c' ⊙ o + b_h)       output=krause
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. output=standard is the authors' best-scoring code, krause their
 * first. Not the matrix memory of xLSTM, which is called mLSTM too.
 */
@AutoService(Layer.class)
public final class MultiplicativeLstm implements Cell {
    /** Which of the authors' two forms. */
    enum Output {
        STANDARD,
        KRAUSE
    }

    private static final Option<Output> OUTPUT = Option.choice("output", Output.STANDARD)
            .doc("The usual output of an LSTM, or that of the authors' first code.");
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the cell remembers from the beginning.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MultiplicativeLSTM")
                .summary("LSTM with an input-dependent recurrent matrix.")
                .paper("1609.07959", "Multiplicative LSTM for sequence modelling")
                .example("MultiplicativeLSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(OUTPUT, FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        boolean standard = s.value(OUTPUT) == Output.STANDARD;
        Expr m = s.linear("mx", x).times(s.linear("mh", s.state("h")));
        Expr i = s.sigmoid(s.affine("i", x, m));
        Expr f = s.sigmoid(s.affine("f", x, m, bias(s.value(FORGET_BIAS))));
        Expr o = s.sigmoid(s.affine("o", x, m));
        Expr g = s.affine("g", x, m);
        Expr c = s.next("c", f.times(s.state("c")).plus(i.times(standard ? s.tanh(g) : g)));
        Expr h = standard ? o.times(s.tanh(c)) : s.tanh(c.times(o).plus(s.vector("h.b", s.units(), Init.ZEROS)));
        return s.next("h", h);
    }
}
