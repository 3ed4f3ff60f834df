package dev.rondo.examples.javaplugin;

import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/** MinimalRNN: the input is projected first, then one gate mixes it into the state. */
@AutoService(Layer.class)
public final class MinimalRnn implements Cell {
    private static final Option<Double> UPDATE_BIAS = Option.real("update-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("MinimalRNN")
                .summary("One gate that mixes a projection of the input into the state.")
                .paper("1711.06788", "MinimalRNN: Toward More Interpretable and Trainable Recurrent Neural Networks")
                .example("MinimalRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(UPDATE_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr z = s.tanh(s.affine("z", x)); // z = tanh(x W_z + b_z)
        Expr u = s.sigmoid(s.affine("u", z, h, bias(s.value(UPDATE_BIAS)))); // u = σ(z W_u + h U_u + b_u)
        return s.next("h", u.times(h).plus(oneMinus(u).times(z))); // h' = u ⊙ h + (1 − u) ⊙ z
    }
}
