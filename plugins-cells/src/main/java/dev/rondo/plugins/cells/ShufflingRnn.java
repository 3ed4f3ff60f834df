package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.relu;
import static dev.rondo.api.expr.Fn.roll;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Shuffling network: the state moves on by one unit in each step, and nothing else is recurrent.
 *
 * <pre>
 * b  = (relu(x W_1 + b_1) W_2 + b_2) ⊙ σ(x W_g + b_g)
 * h' = relu(roll(h, 1) + b)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W_1 [D, hyper-size], W_2 [hyper-size, H], W_g [D, H]. roll moves unit j to j + 1 and the
 * last to the first. All products see the input only.
 */
@AutoService(Layer.class)
public final class ShufflingRnn implements Cell {
    private static final Option<Integer> HYPER_SIZE =
            Option.whole("hyper-size", 64).range(1, 1000000).doc("Units of the layer between input and state.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SRNN")
                .summary("Shuffling network: a rotation in place of a recurrent matrix.")
                .paper("2007.07324", "Shuffling Recurrent Neural Networks")
                .example("SRNN_16_hyper-size=8")
                .size(Descriptor.Size.REQUIRED)
                .options(HYPER_SIZE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr wide = relu(s.affine("1", s.value(HYPER_SIZE), x));
        Expr in = s.affine("2", wide).times(s.sigmoid(s.affine("g", x)));
        return s.next("h", relu(roll(s.state("h"), 1).plus(in)));
    }
}
