package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.identity;
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
 * A step of a stable differential equation: the recurrent matrix is antisymmetric.
 *
 * <pre>
 * A  = U − Uᵀ − γ I
 * h' = h + ε tanh(x W + h A + b)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. Only H (H − 1) / 2 numbers of U matter. The paper tunes ε and
 * γ; the standards here are small positive values.
 */
@AutoService(Layer.class)
public final class AntisymmetricRnn implements Cell {
    static final Option<Double> EPSILON =
            Option.real("epsilon", 0.1).range(0, 10).doc("ε, length of a step of the differential equation.");
    static final Option<Double> GAMMA =
            Option.real("gamma", 0.01).range(0, 10).doc("γ, damping; keeps the discrete steps stable.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("AntisymmetricRNN")
                .summary("Antisymmetric recurrent matrix, for long memory without gates.")
                .paper("1902.09689", "AntisymmetricRNN: A Dynamical System View on Recurrent Neural Networks")
                .example("AntisymmetricRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(EPSILON, GAMMA);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr n = s.tanh(s.affine("n", x, weighted(h, antisymmetric(s))));
        return s.next("h", h.plus(n.times(s.option(EPSILON))));
    }

    /** U − Uᵀ − γ I. */
    static Expr antisymmetric(CellScope s) {
        Expr u = s.weight("U", s.units(), s.units());
        return u.minus(transpose(u)).minus(identity(s.units()).times(s.option(GAMMA)));
    }
}
