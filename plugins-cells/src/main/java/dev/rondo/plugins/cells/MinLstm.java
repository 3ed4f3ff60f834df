package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.softplus;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Minimal LSTM: gates and candidate see the input only, so the loop is a linear scan.
 *
 * <pre>
 * a  = x W_f + b_f       b = x W_i + b_i       n = g(x W_n + b_n)
 * f  = σ(a) / (σ(a) + σ(b))       i = 1 − f        or f = σ(a), i = σ(b) with normalize=false
 * h' = f ⊙ h + i ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], b [H]. The quotient is computed as σ(ln σ(a) − ln σ(b)), which is never 0/0. g
 * as in minGRU.
 */
@AutoService(Layer.class)
public final class MinLstm implements Cell {
    private static final Option<Boolean> NORMALIZE =
            Option.flag("normalize", true).doc("Whether the two gates are made to add up to 1.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("minLSTM")
                .summary("Minimal LSTM: a linear scan with two gates from the input.")
                .paper("2410.01201", "Were RNNs All We Needed?")
                .example("minLSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(NORMALIZE, MinGru.FORM);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr a = s.affine("f", x);
        Expr b = s.affine("i", x);
        Expr n = MinGru.candidate(s, x);
        if (!s.value(NORMALIZE)) {
            return s.next("h", s.sigmoid(a).times(h).plus(s.sigmoid(b).times(n)));
        }
        Expr f = s.sigmoid(softplus(b.unaryMinus()).minus(softplus(a.unaryMinus())));
        return s.next("h", lerp(n, h, f));
    }
}
