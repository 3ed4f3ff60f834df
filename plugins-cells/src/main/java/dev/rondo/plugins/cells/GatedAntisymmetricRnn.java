package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Term.weighted;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;

/**
 * The antisymmetric network with a gate on its step.
 *
 * <pre>
 * A  = U − Uᵀ − γ I
 * z  = σ(x W_z + h A + b_z)
 * h' = h + ε z ⊙ tanh(x W_n + h A + b_n)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. Gate and candidate share A.
 */
@AutoService(Layer.class)
public final class GatedAntisymmetricRnn implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("GatedAntisymmetricRNN")
                .summary("Antisymmetric recurrent matrix with an input gate.")
                .paper("1902.09689", "AntisymmetricRNN: A Dynamical System View on Recurrent Neural Networks")
                .example("GatedAntisymmetricRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(AntisymmetricRnn.EPSILON, AntisymmetricRnn.GAMMA);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr a = AntisymmetricRnn.antisymmetric(s);
        Expr z = s.sigmoid(s.affine("z", x, weighted(h, a)));
        Expr n = s.tanh(s.affine("n", x, weighted(h, a)));
        return s.next("h", h.plus(z.times(n).times(s.option(AntisymmetricRnn.EPSILON))));
    }
}
