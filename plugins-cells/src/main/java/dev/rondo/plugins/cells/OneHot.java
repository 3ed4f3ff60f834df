package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.oneHot;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * A unit for each number of a vocabulary, 1 for the one that is read and 0 for the others.
 *
 * <p>Shapes: x [batch, 1], whole numbers from 0; y [batch, vocabulary]. A number outside of the vocabulary gives zeros. The input must not
 * be normalised. Behind it, a weight is a table: {@link Embedding} says the same in fewer products.
 */
@AutoService(Layer.class)
public final class OneHot implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("OneHot")
                .summary("A unit for each whole number: 1 for the one that is read, 0 elsewhere.")
                .standard("One-hot code.")
                .example("OneHot_vocabulary=5")
                .options(Embedding.VOCABULARY);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        s.require(x.width() == 1, "needs one input column, a number of the vocabulary; input is " + x.width());
        return oneHot(x, Embedding.vocabulary(s, x));
    }
}
