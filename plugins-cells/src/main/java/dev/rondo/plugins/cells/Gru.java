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
 * Gated recurrent unit.
 *
 * <pre>
 * r = σ(x W_r + h U_r + b_r)       z = σ(x W_z + h U_z + b_z)
 * n = tanh(x W_n + b_n + r ⊙ (h U_n + b_nh))      reset=after, arXiv 1406.1078 version 1, PyTorch, cuDNN
 * n = tanh(x W_n + (r ⊙ h) U_n + b_n)             reset=before, version 3
 * h' = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. Here z keeps the old state, as in PyTorch; in arXiv 1412.3555 it
 * overwrites it, which is invert=true. With reset=after the bias of {@code nh} stands inside the product with r, so it is no part of b_n.
 */
@AutoService(Layer.class)
public final class Gru implements Cell {
    /** Where the reset gate acts. */
    enum Reset {
        AFTER,
        BEFORE
    }

    private static final Option<Reset> RESET = Option.choice("reset", Reset.AFTER)
            .doc(
                    "Whether the reset gate acts after the product with the state (PyTorch) or before it (the published text).");
    private static final Option<Double> UPDATE_BIAS = Option.real("update-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the update gate; above 0 the state is kept longer.");

    private static final Option<Boolean> INVERT = Option.flag("invert", false)
            .doc("Whether z overwrites the state in place of keeping it, as in arXiv 1412.3555.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("GRU")
                .summary("Gated recurrent unit, reset gate after or before the product.")
                .paper(
                        "1406.1078",
                        "Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation")
                .example("GRU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(RESET, UPDATE_BIAS, INVERT);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr r = s.sigmoid(s.affine("r", x, h));
        Expr z = s.sigmoid(s.affine("z", x, h, bias(s.value(UPDATE_BIAS))));
        Expr n = s.tanh(
                s.value(RESET) == Reset.BEFORE
                        ? s.affine("n", x, r.times(h))
                        : s.affine("n", x).plus(r.times(s.affine("nh", h))));
        return s.next("h", s.value(INVERT) ? lerp(h, n, z) : lerp(n, h, z));
    }
}
