package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.clipGradient;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;

/**
 * Holds the gradient that flows back through the states of a cell within a bound.
 *
 * <p>Each element of the gradient by an old state is clipped at each step, before it flows further back; outputs are
 * what the cell alone gives.
 */
@AutoService(Layer.class)
public final class ClipGradient implements Cell {
    private static final Option<Double> BOUND =
            Option.real("bound", 10).range(1e-30, 1e+30).doc("Largest magnitude of an element of the gradient.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ClipGradient")
                .summary("Recurrent gradient clipping for any cell.")
                .paper("1308.0850", "Generating Sequences With Recurrent Neural Networks")
                .example("ClipGradient(LSTM_8)_bound=10")
                .wraps(1, 1)
                .options(BOUND);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Nested cell = s.cell(0, "0", x.width());
        s.require(!cell.states().names().isEmpty(), "needs a cell with a state");
        Bundle old = cell.states().map(state -> clipGradient(state, s.value(BOUND)));
        return s.next(cell, cell.step(x, old));
    }
}
