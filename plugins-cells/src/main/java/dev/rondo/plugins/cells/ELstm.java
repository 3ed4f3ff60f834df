package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.diagonal;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Elementwise LSTM: within the loop each unit sees its own state only.
 *
 * <pre>
 * f  = σ(x W_f + w_f ⊙ c + b_f)       z = tanh(x W_z + w_z ⊙ c + b_z)
 * c' = f ⊙ c + (1 − f) ⊙ z
 * o  = σ(x W_o + c' U_o + b_o)        h = o ⊙ c'
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The state is c. The product with U_o is no part of the loop: it
 * is made for all steps behind it. w starts uniform in ±0.1.
 */
@AutoService(Layer.class)
public final class ELstm implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("eLSTM")
                .summary("Elementwise LSTM with exact real-time learning in mind.")
                .paper("2305.19044", "Exploring the Promise and Limits of Real-Time Recurrent Learning")
                .example("eLSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Init small = Init.uniform(-0.1, 0.1);
        Expr old = s.state("c");
        Expr f = s.sigmoid(s.affine("f", x, diagonal(old, small), bias(s.value(FORGET_BIAS))));
        Expr z = s.tanh(s.affine("z", x, diagonal(old, small)));
        Expr c = s.next("c", lerp(z, old, f));
        return s.sigmoid(s.affine("o", x, c)).times(c);
    }
}
