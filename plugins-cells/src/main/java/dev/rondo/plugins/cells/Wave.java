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
 * <p>Shapes: x [batch, D], each convolution gives H features. Dilations are 1, 2 and 4, so an output sees eight
 * inputs; in ShortWave all are 1, and an output sees four. φ is the identity unless an activation is named: pytorch_bits has an argument for it and never uses it.
 */
@AutoService(Layer.class)
public final class Wave implements Cell {
    private static final Option<String> ACTIVATION =
            Option.activation("activation", "identity").doc("φ, between the convolutions.");
    private static final Option<Integer> GROWTH = Option.whole("growth", 2)
            .range(1, 16)
            .doc("How many times that of the convolution before it a dilation is; the first is 1.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Wave")
                .summary("Three causal convolutions, dilated further and further.")
                .paper("Gordon 2017", "pytorch_bits, layer Wave, after arXiv 1609.03499")
                .example("Wave_16")
                .size(Descriptor.Size.REQUIRED)
                .options(ACTIVATION, GROWTH)
                .preset(
                        "ShortWave",
                        as -> as.summary("Three causal convolutions without dilation.")
                                .paper("Gordon 2017", "pytorch_bits, layer ShortWave, after arXiv 1609.03499"),
                        "growth=1");
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        int growth = s.value(GROWTH);
        Expr first = convolved(s, "conv1", x, 1);
        Expr second = convolved(s, "conv2", s.activation(ACTIVATION, first), growth);
        return convolved(s, "conv3", s.activation(ACTIVATION, second), growth * growth);
    }

    private static Expr convolved(CellScope s, String name, Expr x, int dilation) {
        return CausalConv1d.convolved(s, name, x, 2, dilation, 1, true);
    }
}
