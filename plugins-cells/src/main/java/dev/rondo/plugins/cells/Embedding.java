package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.gather;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * A trained vector for each number of a vocabulary: y = row x of the table.
 *
 * <p>Shapes: x [batch, 1], whole numbers from 0; table [vocabulary, H]. A number outside of the vocabulary counts as the nearest
 * in it. The input must not be normalised.
 */
@AutoService(Layer.class)
public final class Embedding implements Cell {
    private static final int USUAL = 256;
    static final Option<Integer> VOCABULARY = Option.whole("vocabulary", 0)
            .range(0, 10_000_000)
            .doc("How many numbers there are, counted from 0; if 0, as many as the input has classes, or else 256.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Embedding")
                .summary("A trained vector for each whole number.")
                .standard("Table look-up.")
                .example("Embedding_8_vocabulary=20")
                .size(Descriptor.Size.REQUIRED)
                .options(VOCABULARY);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        s.require(x.width() == 1, "needs one input column, a number of the vocabulary; input is " + x.width());
        return gather(s.parameter("table", Shape.matrix(vocabulary(s, x), s.units()), Init.normal(1)), x);
    }

    /** How many numbers x may be; an input with more classes than the option says is refused. */
    static int vocabulary(CellScope s, Expr x) {
        int classes = s.classes(x);
        int said = s.value(VOCABULARY);
        s.require(
                said == 0 || said >= classes, "vocabulary is " + said + ", but the input has " + classes + " classes");
        return said > 0 ? said : classes > 0 ? classes : USUAL;
    }
}
