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
 * One gate that mixes a projection of the input into the state.
 *
 * <pre>
 * z  = tanh(x W_z + b_z)       u = σ(z W_u + h U_u + b_u)
 * h' = u ⊙ h + (1 − u) ⊙ z
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The gate sees the z of this step; a port takes that of the step
 * before.
 */
@AutoService(Layer.class)
public final class MinimalRnn implements Cell {
    private static final Option<Double> UPDATE_BIAS = Option.real("update-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MinimalRNN")
                .summary("Minimal RNN: the state moves in the space of projected inputs.")
                .paper("1711.06788", "MinimalRNN: Toward More Interpretable and Trainable Recurrent Neural Networks")
                .example("MinimalRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(UPDATE_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr z = s.tanh(s.affine("z", x));
        Expr u = s.sigmoid(s.affine("u", z, h, bias(s.value(UPDATE_BIAS))));
        return s.next("h", lerp(z, h, u));
    }
}
