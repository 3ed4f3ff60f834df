package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Three causal convolutions on top of each other, each over two inputs.
 *
 * <pre>
 * y₁ = conv₁(x)       y₂ = conv₂(φ(y₁))       y = conv₃(φ(y₂))
 * </pre>
 *
 * <p>Shapes: x [batch, D], each convolution gives H features. Dilations are 1, 1 and 1, so an output sees four
 * inputs. φ is the identity unless an activation is named: pytorch_bits has an argument for it and never uses it.
 */
@AutoService(Layer.class)
public final class ShortWave implements Cell {
    private static final Option<String> ACTIVATION =
            Option.activation("activation", "identity").doc("φ, between the convolutions.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("ShortWave")
                .summary("Three causal convolutions with dilations 1, 1 and 1.")
                .paper("Gordon 2017", "pytorch_bits, layer ShortWave, after arXiv 1609.03499")
                .example("ShortWave_16")
                .size(Descriptor.Size.REQUIRED)
                .options(ACTIVATION);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr y = x;
        for (int level = 0; level < 3; level++) {
            y = CausalConv1d.convolved(
                    s, "conv" + (level + 1), level == 0 ? y : s.activation(ACTIVATION, y), 2, 1, 1, true);
        }
        return y;
    }
}
