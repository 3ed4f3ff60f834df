package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;

/**
 * Adds a layer's input to its output: y = x + f(x).
 *
 * <p>The wrapped layer must be as wide as its input.
 */
@AutoService(Layer.class)
public final class Residual implements Layer {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Residual")
                .summary("A layer whose input is added to its output.")
                .paper("1512.03385", "Deep Residual Learning for Image Recognition")
                .example("Linear_8 Residual(GRU_8)")
                .wraps(1, 1);
    }

    @Override
    public Expr forward(LayerScope s, Expr x) {
        Expr y = s.layer(0, "0", x);
        s.require(
                y.width() == x.width(),
                "needs a layer as wide as its input; input is " + x.width() + ", the layer gives " + y.width());
        return x.plus(y);
    }
}
