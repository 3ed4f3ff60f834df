package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Chaos-free network: without input its state dies away.
 *
 * <pre>
 * θ  = σ(x W_θ + h U_θ + b_θ)       η = σ(x W_η + h U_η + b_η)
 * h' = θ ⊙ tanh(h) + η ⊙ tanh(x W_n)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The candidate sees the input only and has no bias in the paper;
 * ports add one. The first term is tanh(h), not h.
 */
@AutoService(Layer.class)
public final class Cfn implements Cell {
    private static final Option<Double> THETA_BIAS = Option.real("theta-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the gate of the state; above 0 the state is kept longer.");
    private static final Option<Double> ETA_BIAS = Option.real("eta-bias", -1)
            .range(-20, 20)
            .doc("Initial bias of the gate of the input; below 0 little is written at first.");
    private static final Option<Boolean> CANDIDATE_BIAS =
            Option.flag("candidate-bias", false).doc("Whether the candidate has a bias, which the paper's has not.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("CFN")
                .summary("Chaos-free network: two gates over tanh of the state and of the input.")
                .paper("1612.06212", "A Recurrent Neural Network without Chaos")
                .example("CFN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(THETA_BIAS, ETA_BIAS, CANDIDATE_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr theta = s.sigmoid(s.affine("theta", x, h, bias(s.value(THETA_BIAS))));
        Expr eta = s.sigmoid(s.affine("eta", x, h, bias(s.value(ETA_BIAS))));
        Expr n = s.tanh(s.value(CANDIDATE_BIAS) ? s.affine("n", x) : s.linear("n", x));
        return s.next("h", theta.times(s.tanh(h)).plus(eta.times(n)));
    }
}
