package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.diagonal;
import static dev.rondo.api.expr.Term.full;
import static dev.rondo.api.expr.Term.optional;

import com.google.auto.service.AutoService;
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
 * with half of it. The skip path carries x itself, not the projection.
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

    @Override
    public Descriptor describe() {
        return Descriptor.of("SRU")
                .summary("Simple recurrent unit, without a product of the state.")
                .paper("1709.02755", "Simple Recurrent Units for Highly Parallelizable Recurrence")
                .example("SRU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(V1, ACTIVATION, HIGHWAY_BIAS, RESCALE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        boolean fed = !s.value(V1);
        double alpha = s.value(RESCALE) ? Math.sqrt(1 + 2 * Math.exp(s.value(HIGHWAY_BIAS))) : 1;
        double bound = Math.sqrt(3.0 / x.width());
        Init gate = uniform(bound * Math.sqrt(0.5));
        Init carry = uniform(Math.sqrt(1.5));
        Expr c = s.state("c");
        Expr u = s.linear("u", full(x, uniform(bound)));
        Expr f = s.sigmoid(s.affine("f", full(x, gate), optional(fed, diagonal(c, carry))));
        Expr r =
                s.sigmoid(s.affine("r", full(x, gate), optional(fed, diagonal(c, carry)), bias(s.value(HIGHWAY_BIAS))));
        Expr skip = x.width() != s.units()
                ? s.linear("skip", full(x, uniform(bound * alpha)))
                : alpha == 1 ? x : x.times(alpha);
        return lerp(skip, s.activation(ACTIVATION, s.next("c", lerp(u, c, f))), r);
    }

    private static Init uniform(double bound) {
        return Init.uniform(-bound, bound);
    }
}
