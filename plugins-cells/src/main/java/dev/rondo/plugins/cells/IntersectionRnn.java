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
 * Intersection network: one gate mixes the state, another the output with the input.
 *
 * <pre>
 * y' = φ(x W_y + h U_y + b_y)          n  = tanh(x W_n + h U_n + b_n)
 * g  = σ(x W_g + h U_g + b_g)          k  = σ(x W_k + h U_k + b_k)
 * y  = g ⊙ x + (1 − g) ⊙ y'            h' = k ⊙ h + (1 − k) ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The output y is not the state, and carries the input on: so D =
 * H, or the input is projected first.
 */
@AutoService(Layer.class)
public final class IntersectionRnn implements Cell {
    private static final Option<Boolean> IN_PROJ =
            Option.flag("in-proj", false).doc("Whether the input is projected to the size first.");
    private static final Option<String> Y_ACTIVATION =
            Option.activation("y-activation", "ReLU").doc("φ, the function of the depth path.");
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of both gates; above 0 state and input are kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("IntersectionRNN")
                .summary("Intersection RNN: a recurrent path and a depth path, each with a gate.")
                .paper("1611.09913", "Capacity and Trainability in Recurrent Neural Networks")
                .example("IntersectionRNN_16_in-proj=true")
                .size(Descriptor.Size.REQUIRED)
                .options(IN_PROJ, Y_ACTIVATION, FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        boolean projected = s.value(IN_PROJ);
        s.require(
                projected || x.width() == s.units(),
                "needs input width = size, or in-proj=true; input is " + x.width());
        Expr in = projected ? s.linear("in", x) : x;
        Expr h = s.state("h");
        Expr y = s.activation(Y_ACTIVATION, s.affine("y", in, h));
        Expr n = s.tanh(s.affine("n", in, h));
        Expr g = s.sigmoid(s.affine("g", in, h, bias(s.value(FORGET_BIAS))));
        Expr k = s.sigmoid(s.affine("k", in, h, bias(s.value(FORGET_BIAS))));
        s.next("h", lerp(n, h, k));
        return lerp(y, in, g);
    }
}
