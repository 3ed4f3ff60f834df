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

/** Leaky integrator: each unit keeps a share of its state, and the shares are trained. */
@AutoService(Layer.class)
public final class LeakyRnn implements Cell {
    private static final Option<Double> KEEP_BIAS = Option.real("keep-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LeakyRNN")
                .summary("Simple network whose units keep a trained share of their state.")
                .paper(
                        "Jaeger et al. 2007",
                        "Optimization and applications of echo state networks with leaky-integrator neurons")
                .example("LeakyRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(KEEP_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr n = s.tanh(s.affine("n", x, h)); // n = tanh(x W_n + h U_n + b_n)
        Expr u = s.sigmoid(s.affine("u", bias(s.value(KEEP_BIAS)))); // u = σ(b_u), a number for each unit
        return s.next("h", u.times(h).plus(oneMinus(u).times(n))); // h' = u ⊙ h + (1 − u) ⊙ n
    }
}
