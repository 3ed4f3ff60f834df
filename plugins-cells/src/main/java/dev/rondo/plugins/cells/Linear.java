package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * A product with a weight in every step: y = x W + b.
 *
 * <p>Without state, so it streams and can be wrapped as any cell. Shapes: x [batch, D], W [D, H], b [H], y [batch, H].
 */
@AutoService(Layer.class)
public final class Linear implements Cell {
    private static final Option<Boolean> BIAS =
            Option.flag("bias", true).doc("Whether a trained vector is added to the product.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Linear")
                .summary("Product with a weight in every step.")
                .standard("Affine map, y = x W + b.")
                .example("Linear_8")
                .size(Descriptor.Size.REQUIRED)
                .options(BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        return s.value(BIAS) ? s.affine("out", x) : s.linear("out", x);
    }
}
