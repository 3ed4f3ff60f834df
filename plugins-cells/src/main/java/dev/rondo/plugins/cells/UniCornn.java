package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.sigmoid;
import static dev.rondo.api.expr.Term.diagonal;
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
 * Independent undamped oscillators, each with a time scale of its own.
 *
 * <pre>
 * a  = Δt σ(c)
 * z' = z − a ⊙ (tanh(w ⊙ y + x W + b) + α y)
 * y' = y + a ⊙ z'
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], c, w and b [H]. The output is y. No matrix meets the state; a port has one. w
 * starts uniform in 0 to 1, c in ±0.1, W in ±√(6/(65 D)). Δt and α are tuned to the task.
 */
@AutoService(Layer.class)
public final class UniCornn implements Cell {
    private static final Option<Double> DT = Option.real("dt", 0.1).range(0, 10).doc("Δt, length of a step.");
    private static final Option<Double> ALPHA =
            Option.real("alpha", 1).range(0, 1000).doc("α, pull back to the middle.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("UnICORNN")
                .summary("Independent oscillators, for very long memory.")
                .paper("2103.05487", "UnICORNN: A recurrent model for learning very long time dependencies")
                .example("UnICORNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(DT, ALPHA);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr y = s.state("y");
        double bound = Math.sqrt(6.0 / (65 * x.width()));
        Expr a = sigmoid(s.vector("c", s.units(), Init.uniform(-0.1, 0.1))).times(s.option(DT));
        Expr force = s.tanh(s.affine("n", full(x, Init.uniform(-bound, bound)), diagonal(y, Init.uniform(0, 1))));
        Expr z = s.next("z", s.state("z").minus(a.times(force.plus(y.times(s.option(ALPHA))))));
        return s.next("y", y.plus(a.times(z)));
    }
}
