package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.oneMinus;
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
 * Stackable recurrent cell: one gate and a candidate from the input.
 *
 * <pre>
 * z  = tanh(x W_z + b_z)       a = x W_k + h U_k + b_k
 * h' = tanh((1 − σ(a)) ⊙ h + σ(a + β) ⊙ z)
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. β = 0 is the paper; the authors' code has β = 1. Matrices start
 * orthogonal. With t-max the bias starts as −ln U(1, t-max).
 */
@AutoService(Layer.class)
public final class Star implements Cell {
    private static final Option<Double> BETA =
            Option.real("beta", 0).range(-20, 20).doc("β, how much more the gate that writes is open.");
    private static final Option<Double> T_MAX = Option.real("t-max", 0)
            .range(0, 1000000000.0)
            .doc("Longest time that is to be remembered, in steps; 0 for a bias of 0.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("STAR")
                .summary("Stackable recurrent cell: one gate, for deep stacks.")
                .paper("1911.11033", "Gating Revisited: Deep Multi-layer RNNs That Can Be Trained")
                .example("STAR_16")
                .size(Descriptor.Size.REQUIRED)
                .options(BETA, T_MAX);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Init chrono = ForgetBias.chrono(Math.max(1, s.value(T_MAX)));
        Init start = (values, shape, random) -> {
            chrono.fill(values, shape, random);
            for (int i = 0; i < values.length; i++) {
                values[i] = -values[i];
            }
        };
        Expr z = s.tanh(s.affine("z", full(x, Init.ORTHOGONAL)));
        Expr a = s.affine("k", full(x, Init.ORTHOGONAL), h, bias(start));
        Expr kept = oneMinus(s.sigmoid(a)).times(h);
        return s.next("h", s.tanh(kept.plus(s.sigmoid(a.plus(s.option(BETA))).times(z))));
    }
}
