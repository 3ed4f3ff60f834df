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
 * Strongly typed recurrent network: the state is an average of projected inputs, weighed by the input alone.
 *
 * <pre>
 * z  = x W_z        f = σ(x W_f + b_f)
 * h' = f ⊙ h + (1 − f) ⊙ z
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], b [H]. Nothing squashes the state, and no matrix meets it: the loop is a linear
 * scan. The gate is logistic; a port has tanh in its place.
 */
@AutoService(Layer.class)
public final class Trnn implements Cell {
    private static final Option<Boolean> Z_BIAS =
            Option.flag("z-bias", false).doc("Whether the projection has a bias.");
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("TRNN")
                .summary("Strongly typed RNN: one gate from the input, a linear scan.")
                .paper("1602.02218", "Strongly-Typed Recurrent Neural Networks")
                .example("TRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(Z_BIAS, FORGET_BIAS, ForgetBias.T_MAX);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr z = s.value(Z_BIAS) ? s.affine("z", x) : s.linear("z", x);
        Expr f = s.sigmoid(s.affine("f", x, bias(ForgetBias.of(s, s.value(FORGET_BIAS)))));
        return s.next("h", lerp(z, h, f));
    }
}
