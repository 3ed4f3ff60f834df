package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.rsqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Rewrite;
import dev.rondo.api.spi.Step;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Normalises every matrix product inside of a cell.
 *
 * <pre>
 * p ← g ⊙ (p − mean(p)) / √(variance(p) + ε)
 * </pre>
 *
 * <p>Mean and variance are over the units of one product, g is one gain per unit and product. So each gate is
 * normalised by itself, input and state apart, and the biases come after; haste norms all gates of one operand
 * together.
 */
@AutoService(Layer.class)
public final class LayerNorm implements Cell {
    private static final Option<Double> EPS =
            Option.real("eps", 1e-5).range(0, 1).doc("ε, added to the variance.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LayerNorm")
                .summary("Layer normalisation of the products of any cell.")
                .paper("1607.06450", "Layer Normalization")
                .example("LayerNorm(LSTM_8)")
                .wraps(1, 1)
                .options(EPS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        AtomicInteger products = new AtomicInteger();
        Nested cell = s.cell(0, "0", x.width(), new Rewrite() {
            @Override
            public Expr product(String name, boolean recurrent, Expr product) {
                products.incrementAndGet();
                return normalized(s, name, product);
            }
        });
        Step step = cell.step(x, cell.states());
        s.require(products.get() > 0, "needs a cell with matrix products, which are what it normalises");
        return s.next(cell, step);
    }

    private static Expr normalized(CellScope s, String name, Expr p) {
        s.require(
                p.width() > 1,
                "normalises over the units of a product, but " + name
                        + " has a single one, which would always become 0: give the cell more units");
        Expr centred = p.minus(mean(p, Axis.FEATURES));
        Expr scale = rsqrt(mean(square(centred), Axis.FEATURES).plus(s.option(EPS)));
        return centred.times(scale).times(s.vector(name + ".gain", p.width(), Init.ONES));
    }
}
