package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.exp;
import static dev.rondo.api.expr.Fn.expm1;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.softplus;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Term.heads;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Real-gated linear recurrent unit: the input decides how much of the state is kept.
 *
 * <pre>
 * r  = σ(x W_a + b_a)             i = σ(x W_i + b_i)
 * a  = exp(−8 r ⊙ softplus(λ))
 * h' = a ⊙ h + √(1 − a²) ⊙ i ⊙ x       without the root where no state precedes
 * </pre>
 *
 * <p>Shapes: x [batch, H], so D = H; W [H, H] of heads blocks, λ [H]. λ starts so that exp(−softplus(λ)) lies in 0.9
 * to 0.999, uniform by the area of that ring; W as N(0, 1/fan-in). In the paper's a = σ(Λ) the sign is the other way
 * round: Λ = −λ. Under the root nothing is less than 2.5e-7, which holds its derivative at 1000.
 */
@AutoService(Layer.class)
public final class RgLru implements Cell {
    private static final Option<Integer> HEADS = Option.whole("heads", 1)
            .range(1, 1000000)
            .doc("Blocks of units whose gates do not see each other; must divide the size.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("RG-LRU")
                .summary("Gated linear scan (Hawk, Griffin).")
                .paper(
                        "2402.19427",
                        "Griffin: Mixing Gated Linear Recurrences with Local Attention for Efficient Language Models")
                .example("Linear_8 RG-LRU_8")
                .size(Descriptor.Size.REQUIRED)
                .options(HEADS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        s.require(x.width() == s.units(), "needs input width = size; input is " + x.width());
        int count = s.value(HEADS);
        s.require(s.units() % count == 0, "heads=" + count + " must divide the size " + s.units());
        Init start = Init.normal(1 / Math.sqrt((double) x.width() / count));
        Init ring = Init.each((j, random) -> {
            double square = 0.81 + (0.998001 - 0.81) * random.uniform();
            return Math.log(Math.expm1(-0.5 * Math.log(square)));
        });
        Expr r = s.sigmoid(s.affine("a", heads(x, count, start)));
        Expr i = s.sigmoid(s.affine("i", heads(x, count, start)));
        Expr logA = r.times(softplus(s.vector("lambda", s.units(), ring))).times(-8);
        Expr root = sqrt(max(expm1(logA.times(2)).unaryMinus(), 2.5e-7));
        Expr in = select(s.firstStep(), Expr.of(1), root).times(i).times(x);
        return s.next("h", exp(logA).times(s.state("h")).plus(in));
    }
}
