package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Rewrite;

/**
 * Drops recurrent weights at random: one mask for all steps of a call.
 *
 * <pre>
 * U ← U ⊙ m / (1 − p)       m Bernoulli(1 − p), one for each weight
 * </pre>
 *
 * <p>Concerns every matrix of the wrapped cell that meets a state, in training only. Diagonal weights stay.
 */
@AutoService(Layer.class)
public final class DropConnect implements Cell {
    private static final Option<Double> P =
            Option.real("p", 0.5).range(0, 0.999).doc("Probability that a weight is dropped.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("DropConnect")
                .summary("Drops recurrent weights in training.")
                .paper(
                        "Wan et al. 2013",
                        "Regularization of Neural Networks using DropConnect; for recurrent weights arXiv 1708.02182")
                .example("DropConnect(LSTM_8)_p=0.2")
                .wraps(1, 1)
                .options(P);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        double keep = 1 - s.value(P);
        Nested cell = s.cell(0, "0", x.width(), new Rewrite() {
            @Override
            public Expr weight(String name, boolean recurrent, Expr weight) {
                return recurrent
                        ? weight.times(s.random(Draw.bernoulli(keep), weight, Draw.Per.CHUNK))
                                .div(keep)
                        : weight;
            }
        });
        return s.next(cell, cell.step(x, cell.states()));
    }
}
