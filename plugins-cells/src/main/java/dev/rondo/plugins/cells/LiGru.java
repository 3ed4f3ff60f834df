package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.relu;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Light gated recurrent unit: no reset gate, a candidate with ReLU, the input's products normed.
 *
 * <pre>
 * z = σ(N(x W_z) + h U_z)
 * n = ReLU(N(x W_n) + h U_n)
 * h' = z ⊙ h + (1 − z) ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H]. N is batch normalisation over the steps and rows of a chunk, with a
 * gain and a shift that stand for biases; in evaluation it uses running averages. The states are not normed. ReLU
 * without N tends to blow up. The dropout of the paper, one mask on n for all steps, is {@code VariationalDropout}'s.
 */
@AutoService(Layer.class)
public final class LiGru implements Cell {
    private static final Option<Boolean> NORM =
            Option.flag("norm", true).doc("Batch normalisation of the input's products; without it they have biases.");
    private static final Option<Double> MOMENTUM =
            Option.real("momentum", 0.05).range(0, 1).doc("Share of a new chunk in the running mean and variance.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LiGRU")
                .summary("Light GRU: update gate only, ReLU, batch normalisation.")
                .paper("1803.10225", "Light Gated Recurrent Units for Speech Recognition")
                .example("LiGRU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(NORM, MOMENTUM);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr z = s.sigmoid(of(s, "z", x).plus(s.linear("zh", h)));
        Expr n = relu(of(s, "n", x).plus(s.linear("nh", h)));
        return s.next("h", lerp(n, h, z));
    }

    private static Expr of(CellScope s, String name, Expr x) {
        double momentum = s.value(MOMENTUM);
        return s.value(NORM) ? BatchNorm.normed(s, name, s.linear(name, x), momentum) : s.affine(name, x);
    }
}
