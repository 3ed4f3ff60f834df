package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.clamp;
import static dev.rondo.api.expr.Fn.relu;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Independently recurrent network: each unit sees its own state only.
 *
 * <pre>
 * h' = φ(x W + u ⊙ h + b)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], u and b [H]. |u| is held at recurrent-clip after each update: for T steps the
 * paper takes 2^(1/T) or more, 1 is safe. u starts uniform in 0 to 1, and in ±½ with tanh.
 */
@AutoService(Layer.class)
public final class IndRnn implements Cell {
    /** φ. */
    enum Nonlinearity {
        RELU,
        TANH
    }

    private static final Option<Nonlinearity> NONLINEARITY = Option.choice("nonlinearity", Nonlinearity.RELU)
            .doc("The function of the sum; tanh is the one that --tanh replaces.");
    private static final Option<Double> RECURRENT_CLIP =
            Option.real("recurrent-clip", 1).range(0, 100).doc("Largest magnitude of a recurrent weight; 0 for any.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("IndRNN")
                .summary("Independently recurrent network, for deep stacks and long memory.")
                .paper(
                        "1803.04831",
                        "Independently Recurrent Neural Network (IndRNN): Building A Longer and Deeper RNN")
                .example("IndRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(NONLINEARITY, RECURRENT_CLIP);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        boolean squashed = s.value(NONLINEARITY) == Nonlinearity.TANH;
        Expr h = s.state("h");
        Expr u = s.vector("u", s.units(), squashed ? Init.uniform(-0.5, 0.5) : Init.uniform(0, 1));
        double bound = s.value(RECURRENT_CLIP);
        if (bound > 0) {
            s.constrain(u, clamp(u, -bound, bound));
        }
        Expr sum = s.affine("h", x).plus(u.times(h));
        return s.next("h", squashed ? s.tanh(sum) : relu(sum));
    }
}
