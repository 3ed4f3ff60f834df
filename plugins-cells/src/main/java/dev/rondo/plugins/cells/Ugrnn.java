package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Update gate network: one gate that keeps or overwrites.
 *
 * <pre>
 * g  = σ(x W_g + h U_g + b_g)       n = tanh(x W_n + h U_n + b_n)
 * h' = g ⊙ h + (1 − g) ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. TensorFlow adds the forget bias at run time; here it is in b_g.
 */
@AutoService(Layer.class)
public final class Ugrnn implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("UGRNN")
                .summary("Update gate RNN: one gate between state and candidate.")
                .paper("1611.09913", "Capacity and Trainability in Recurrent Neural Networks")
                .example("UGRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr g = s.sigmoid(s.affine("g", x, h, bias(s.value(FORGET_BIAS))));
        return s.next("h", lerp(s.tanh(s.affine("n", x, h)), h, g));
    }
}
