package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.relu;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * The cell that a search by reinforcement learning found.
 *
 * <pre>
 * mₖ = x Wₖ            nₖ = h Uₖ            k = 1 … 8
 * a₁ = σ(m₁ + n₁)      a₂ = relu(m₂ + n₂)   a₃ = σ(m₃ + n₃)      a₄ = relu(m₄ ⊙ n₄)
 * a₅ = tanh(m₅ + n₅)   a₆ = σ(m₆ + n₆)      a₇ = tanh(m₇ + n₇)   a₈ = σ(m₈ + n₈)
 * l₁ = tanh(a₁ ⊙ a₂)   l₂ = tanh(a₃ + a₄)   l₃ = tanh(a₅ ⊙ a₆)   l₄ = σ(a₇ + a₈)
 * c' = tanh(l₁ + c) ⊙ l₂                    h' = tanh(c' ⊙ tanh(l₃ + l₄))
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The fourth sum is a product; a port adds there. There is no
 * bias unless asked for; it belongs to the recurrent side.
 */
@AutoService(Layer.class)
public final class Nas implements Cell {
    private static final Option<Boolean> BIAS =
            Option.flag("bias", false).doc("Whether each product of the state has a bias.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("NAS")
                .summary("Cell found by architecture search.")
                .paper("1611.01578", "Neural Architecture Search with Reinforcement Learning")
                .example("NAS_16")
                .size(Descriptor.Size.REQUIRED)
                .options(BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr[] a = new Expr[9];
        Expr h = s.state("h");
        for (int k = 1; k <= 8; k++) {
            Expr m = s.linear("m" + k, x);
            Expr n = s.value(BIAS) ? s.affine("n" + k, h) : s.linear("n" + k, h);
            Expr sum = k == 4 ? m.times(n) : m.plus(n);
            a[k] = switch (k) {
                case 2, 4 -> relu(sum);
                case 5, 7 -> s.tanh(sum);
                default -> s.sigmoid(sum);
            };
        }
        Expr first = s.tanh(a[1].times(a[2]));
        Expr second = s.tanh(a[3].plus(a[4]));
        Expr third = s.tanh(a[5].times(a[6]));
        Expr fourth = s.sigmoid(a[7].plus(a[8]));
        Expr c = s.next("c", s.tanh(first.plus(s.state("c"))).times(second));
        return s.next("h", s.tanh(c.times(s.tanh(third.plus(fourth)))));
    }
}
