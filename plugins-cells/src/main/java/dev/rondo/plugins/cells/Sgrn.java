package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Simply gated network: gate and candidate share one projection of the input.
 *
 * <pre>
 * p  = x W        f = σ(p + h U + b)
 * h' = tanh((1 − f) ⊙ p + f ⊙ h)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The candidate is p, without a bias; a port adds one.
 */
@AutoService(Layer.class)
public final class Sgrn implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the gate; above 0 the state is kept longer.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SGRN")
                .summary("Simply gated recurrent network: one projection serves gate and candidate.")
                .paper(
                        "Zu and Wei 2020",
                        "A simple gated recurrent network for detection of power quality disturbances (IET Generation, Transmission and Distribution, 10.1049/gtd2.12056)")
                .example("SGRN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr p = s.linear("p", x);
        Expr f = s.sigmoid(p.plus(s.affine("f", h, bias(s.value(FORGET_BIAS)))));
        return s.next("h", s.tanh(lerp(p, h, f)));
    }
}
