package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.relu;
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
 * Recurrent identity network: the unit matrix is added to a recurrent weight that begins near zero.
 *
 * <pre>
 * h' = relu(x W + h U + λ h + b)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. λ is identity-scale. The added unit matrix is not trained, so
 * the file keeps U alone and decay does not pull it towards zero. W and U start as N(0, 0.001²). ReLU without a bound
 * diverges easily: clip gradients.
 */
@AutoService(Layer.class)
public final class Rin implements Cell {
    private static final Init NEAR_ZERO = Init.normal(0.001);
    private static final Option<Double> SCALE =
            Option.real("identity-scale", 1).range(0, 10).doc("How much of the state is added to the sum.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("RIN")
                .summary("Recurrent identity network: ReLU with the state added to its own sum.")
                .paper("1801.06105", "Overcoming the vanishing gradient problem in plain recurrent networks")
                .example("RIN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(SCALE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr sum = s.affine("h", full(x, NEAR_ZERO), full(h, NEAR_ZERO));
        return s.next("h", relu(sum.plus(h.times(s.option(SCALE)))));
    }
}
