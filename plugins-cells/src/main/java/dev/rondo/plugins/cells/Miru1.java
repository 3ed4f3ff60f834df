package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Gated unit whose update gate is one fixed number.
 *
 * <pre>
 * r  = σ(x W_r + h U_r + b_r)       n = tanh(x W_n + (r ⊙ h) U_n + b_n)
 * h' = λ h + (1 − λ) n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. λ is not trained.
 */
@AutoService(Layer.class)
public final class Miru1 implements Cell {
    private static final Option<Double> LAMBDA =
            Option.real("lambda", 0.5).range(0, 1).doc("λ, the share of the state that is kept.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MiRU1")
                .summary("Reset gate with a fixed share of the state kept.")
                .paper("2503.06175", "Minion Gated Recurrent Unit for Continual Learning")
                .example("MiRU1_16")
                .size(Descriptor.Size.REQUIRED)
                .options(LAMBDA);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr r = s.sigmoid(s.affine("r", x, h));
        return s.next("h", lerp(s.tanh(s.affine("n", x, r.times(h))), h, s.option(LAMBDA)));
    }
}
