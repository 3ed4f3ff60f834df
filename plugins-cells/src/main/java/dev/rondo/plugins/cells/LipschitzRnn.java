package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.identity;
import static dev.rondo.api.expr.Fn.matmul;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.transpose;
import static dev.rondo.api.expr.Term.weighted;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * A step of a differential equation with a linear part, both matrices bounded by construction.
 *
 * <pre>
 * S(M) = β (M − Mᵀ) + (1 − β) (M + Mᵀ) − γ I
 * h'   = h + ε h S(A)ᵀ + ε tanh(h S(U)ᵀ + x W + b)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. A [H, H] as well.
 */
@AutoService(Layer.class)
public final class LipschitzRnn implements Cell {
    private static final Option<Double> EPSILON =
            Option.real("epsilon", 0.1).range(0, 10).doc("ε, length of a step of the differential equation.");
    private static final Option<Double> BETA =
            Option.real("beta", 0.7).range(0, 1).doc("β, how antisymmetric the matrices are.");
    private static final Option<Double> GAMMA =
            Option.real("gamma", 0.001).range(0, 10).doc("γ, damping.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LipschitzRNN")
                .summary("Lipschitz recurrent network: a stable linear part beside tanh.")
                .paper("2006.12070", "Lipschitz Recurrent Neural Networks")
                .example("LipschitzRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(EPSILON, BETA, GAMMA);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr a = transpose(bounded(s, s.weight("A", s.units(), s.units())));
        Expr u = transpose(bounded(s, s.weight("U", s.units(), s.units())));
        Expr change = matmul(h, a).plus(s.tanh(s.affine("n", x, weighted(h, u))));
        return s.next("h", h.plus(change.times(s.option(EPSILON))));
    }

    private static Expr bounded(CellScope s, Expr m) {
        Expr skew = m.minus(transpose(m)).times(s.option(BETA));
        Expr even = m.plus(transpose(m)).times(oneMinus(s.option(BETA)));
        return skew.plus(even).minus(identity(s.units()).times(s.option(GAMMA)));
    }
}
