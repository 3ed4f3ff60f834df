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
 * Gated unit whose gates are two fixed numbers.
 *
 * <pre>
 * n  = tanh(x W_n + (θ h) U_n + b_n)
 * h' = λ h + (1 − λ) n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. θ and λ are not trained.
 */
@AutoService(Layer.class)
public final class Miru2 implements Cell {
    private static final Option<Double> LAMBDA =
            Option.real("lambda", 0.5).range(0, 1).doc("λ, the share of the state that is kept.");
    private static final Option<Double> THETA =
            Option.real("theta", 0.5).range(0, 1).doc("θ, the share of the state that the candidate sees.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MiRU2")
                .summary("Simple network with fixed shares of the state kept and seen.")
                .paper("2503.06175", "Minion Gated Recurrent Unit for Continual Learning")
                .example("MiRU2_16")
                .size(Descriptor.Size.REQUIRED)
                .options(LAMBDA, THETA);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr n = s.tanh(s.affine("n", x, h.times(s.option(THETA))));
        return s.next("h", lerp(n, h, s.option(LAMBDA)));
    }
}
