package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;

/**
 * Gives a cell the product of input and state in place of the state.
 *
 * <pre>
 * m = (x W_m) ⊙ (h U_m), seen by the cell in place of h
 * </pre>
 *
 * <p>The wrapped cell has a state h: RNN, LSTM, GRU and their like. Whatever it does with h, it does with m.
 * Multiplicative(RNN) is the multiplicative RNN of 2011.
 */
@AutoService(Layer.class)
public final class Multiplicative implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Multiplicative")
                .summary("An input-dependent recurrent matrix for any cell with a state h.")
                .paper("Sutskever et al. 2011", "Generating Text with Recurrent Neural Networks")
                .example("Multiplicative(RNN_16)")
                .wraps(1, 1);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Nested cell = s.cell(0, "0", x.width());
        Bundle old = cell.states();
        s.require(old.names().contains("h"), "needs a cell with a state h, the states are " + old.names());
        Expr h = old.get("h");
        Expr m = s.linear("mx", h.width(), x).times(s.linear("mh", h.width(), h));
        return s.next(cell, cell.step(x, old.put("h", m)));
    }
}
