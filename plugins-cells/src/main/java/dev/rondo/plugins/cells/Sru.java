package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.diagonal;
import static dev.rondo.api.expr.Term.full;
import static dev.rondo.api.expr.Term.optional;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Simple recurrent unit: no product with the state, so the loop is a scan of single channels.
 *
 * <pre>
 * f  = σ(x W_f + v_f ⊙ c + b_f)      r  = σ(x W_r + v_r ⊙ c + b_r)
 * c' = f ⊙ c + (1 − f) ⊙ x W_u       h  = r ⊙ φ(c') + (1 − r) ⊙ x'
 * x' = α x where D = H, else x W_s   α  = √(1 + 2 exp(b_r)) with rescale, else 1
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], v and b [H]. The state is c, the output h is not fed back. {@code v1=true} is the form of
 * 2017, with v = 0; its text has φ = tanh, {@code activation=tanh}. Weights start uniform with variance 1/D, those of the gates
 * with half of it. h = φ(c') alone with highway=false; normalisation is LayerNorm(SRU). The skip path carries x itself, not the projection.
 */
@AutoService(Layer.class)
public final class Sru implements Cell {
    private static final Option<Boolean> V1 =
            Option.flag("v1", false).doc("Whether the gates see the input only, as in the paper's first version.");
    private static final Option<String> ACTIVATION =
            Option.activation("activation", "identity").doc("φ, applied to the state for the output.");
    private static final Option<Double> HIGHWAY_BIAS = Option.real("highway-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the gate r; below 0 the input passes more at first.");
    private static final Option<Boolean> RESCALE =
            Option.flag("rescale", false).doc("Whether the skip path is scaled so that variance is kept at first.");

    private static final Option<Boolean> HIGHWAY =
            Option.flag("highway", true).doc("Whether the input passes by the state, weighed by r.");
    private static final Option<Double> DROPOUT = Option.real("dropout", 0)
            .range(0, 0.999)
            .doc("Probability that a unit of φ(c) is zeroed in training, for a whole sequence.");
    private static final Option<Integer> N_PROJ = Option.whole("n-proj", 0)
            .range(0, 1_000_000)
            .doc("Width through which the input is projected first; 0 for no such factor.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SRU")
                .summary("Simple recurrent unit, without a product of the state.")
                .paper("1709.02755", "Simple Recurrent Units for Highly Parallelizable Recurrence")
                .example("SRU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(V1, ACTIVATION, ForgetBias.T_MAX, HIGHWAY_BIAS, RESCALE, HIGHWAY, DROPOUT, N_PROJ);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        boolean fed = !s.value(V1);
        double bias = s.value(HIGHWAY_BIAS);
        double alpha = s.value(RESCALE) ? Math.sqrt(1 + 2 * Math.exp(bias)) : 1;
        double keep = 1 - s.value(DROPOUT);
        Expr in = s.value(N_PROJ) > 0 ? s.linear("proj", s.value(N_PROJ), x) : x;
        double bound = Math.sqrt(3.0 / in.width());
        Init gate = uniform(bound * Math.sqrt(0.5));
        Init carry = uniform(Math.sqrt(1.5));
        Expr c = s.state("c");
        Expr u = s.linear("u", full(in, uniform(bound * Math.sqrt(keep))));
        Expr f = s.sigmoid(s.affine("f", full(in, gate), optional(fed, diagonal(c, carry)), bias(ForgetBias.of(s, 0))));
        Expr y = s.activation(ACTIVATION, s.next("c", lerp(u, c, f)));
        Expr seen = keep == 1
                ? y
                : y.times(s.random(Draw.bernoulli(keep), y, Draw.Per.CHUNK)).div(keep);
        if (!s.value(HIGHWAY)) {
            return seen;
        }
        Expr r = s.sigmoid(s.affine("r", full(in, gate), optional(fed, diagonal(c, carry)), bias(bias)));
        Expr skip = x.width() != s.units()
                ? s.linear("skip", full(in, uniform(bound * alpha)))
                : alpha == 1 ? x : x.times(alpha);
        return lerp(skip, seen, r);
    }

    private static Init uniform(double bound) {
        return Init.uniform(-bound, bound);
    }
}
