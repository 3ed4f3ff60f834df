package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.optional;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Recurrent highway network: several gated transitions within one step.
 *
 * <pre>
 * for l = 1 … depth, beginning with v = s:
 * n  = tanh([l = 1] x W_n + v U_n,l + b_n,l)       t = σ([l = 1] x W_t + v U_t,l + b_t,l)
 * v  = n ⊙ t + v ⊙ (1 − t)                         or v = n ⊙ t + v ⊙ c with coupled=false, c a gate like t
 * s' = v
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The input enters the first transition only.
 */
@AutoService(Layer.class)
public final class Rhn implements Cell {
    private static final Option<Integer> DEPTH =
            Option.whole("depth", 3).range(1, 100).doc("Transitions within one step.");
    private static final Option<Double> TRANSFORM_BIAS = Option.real("transform-bias", -2)
            .range(-20, 20)
            .doc("Initial bias of the gates that write; below 0 the state is kept longer.");
    private static final Option<Boolean> COUPLED =
            Option.flag("coupled", true).doc("Whether what is kept is 1 − what is written.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("RHN")
                .summary("Recurrent highway network, deep within each step.")
                .paper("1607.03474", "Recurrent Highway Networks")
                .example("RHN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(DEPTH, TRANSFORM_BIAS, COUPLED);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr v = s.state("s");
        for (int l = 1; l <= s.value(DEPTH); l++) {
            Term in = optional(l == 1, x);
            Expr n = s.tanh(s.affine("n" + l, in, v));
            Expr t = s.sigmoid(s.affine("t" + l, in, v, bias(s.value(TRANSFORM_BIAS))));
            v = s.value(COUPLED)
                    ? lerp(v, n, t)
                    : n.times(t).plus(v.times(s.sigmoid(s.affine("c" + l, in, v, bias(-s.value(TRANSFORM_BIAS))))));
        }
        return s.next("s", v);
    }
}
