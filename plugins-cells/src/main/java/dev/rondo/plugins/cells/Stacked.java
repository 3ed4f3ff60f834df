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

/**
 * Several copies of one cell on top of each other, with dropout between them.
 *
 * <p>Each copy has parameters and states of its own. Dropout draws anew in every step and leaves the last output
 * alone.
 */
@AutoService(Layer.class)
public final class Stacked implements Cell {
    private static final Option<Integer> LAYERS =
            Option.whole("layers", 2).range(1, 100).doc("How many copies there are.");
    private static final Option<Double> DROPOUT = Option.real("dropout", 0)
            .range(0, 0.999)
            .doc("Probability that a value between two copies is zeroed in training.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Stacked")
                .summary("Several layers of one cell.")
                .standard("Layers of one recurrent cell on top of each other.")
                .example("Stacked(GRU_8)_layers=3_dropout=0.1")
                .wraps(1, 1)
                .options(LAYERS, DROPOUT);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        double keep = 1 - s.value(DROPOUT);
        Expr y = x;
        for (int layer = 0; layer < s.value(LAYERS); layer++) {
            if (layer > 0 && keep < 1) {
                y = y.times(s.random(Draw.bernoulli(keep), y, Draw.Per.STEP)).div(keep);
            }
            Nested cell = s.cell(0, Integer.toString(layer), y.width());
            y = s.next(cell, cell.step(y, cell.states()));
        }
        return y;
    }
}
