package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.full;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Long expressive memory: two states, each with a time step that input and state choose.
 *
 * <pre>
 * d₁ = Δt σ(x W_1 + y U_1 + b_1)       d₂ = Δt σ(x W_2 + y U_2 + b_2)
 * z' = (1 − d₂) ⊙ z + d₂ ⊙ tanh(x W_z + y U_z + b_z)
 * y' = (1 − d₁) ⊙ y + d₁ ⊙ tanh(x W_y + z' U_y + b_y)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The output is y, whose candidate sees the new z; a port has the
 * old one there. All parameters start uniform in ±1/√H.
 */
@AutoService(Layer.class)
public final class Lem implements Cell {
    private static final Option<Double> DT = Option.real("dt", 1).range(0, 10).doc("Δt, longest step.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LEM")
                .summary("Two states with learnt time scales.")
                .paper("2110.04744", "Long Expressive Memory for Sequence Modeling")
                .example("LEM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(DT);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr y = s.state("y");
        Expr d1 = s.sigmoid(sum(s, "d1", x, y)).times(s.option(DT));
        Expr d2 = s.sigmoid(sum(s, "d2", x, y)).times(s.option(DT));
        Expr z = s.next("z", lerp(s.state("z"), s.tanh(sum(s, "z", x, y)), d2));
        return s.next("y", lerp(y, s.tanh(sum(s, "y", x, z)), d1));
    }

    private static Expr sum(CellScope s, String name, Expr x, Expr state) {
        double bound = 1 / Math.sqrt(s.units());
        Init start = Init.uniform(-bound, bound);
        return s.affine(name, full(x, start), full(state, start), bias(start));
    }
}
