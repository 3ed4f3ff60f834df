package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Recurrent additive network: a gated sum of projected inputs.
 *
 * <pre>
 * n  = x W_n
 * i  = σ(x W_i + h U_i + b_i)        f  = σ(x W_f + h U_f + b_f)
 * c' = i ⊙ n + f ⊙ c                 h' = tanh(c'), or c' with output=identity
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The gates see h and not c, and the content n has no bias; ports differ
 * in both. The state c is unbounded.
 */
@AutoService(Layer.class)
public final class Ran implements Cell {
    /** What makes the output of the sum. */
    enum Output {
        TANH,
        IDENTITY
    }

    private static final Option<Output> OUTPUT =
            Option.choice("output", Output.TANH).doc("The function of the sum that is the output.");
    private static final Option<Boolean> CONTENT_BIAS =
            Option.flag("content-bias", false).doc("Whether the content has a bias, which the paper's has not.");
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the sum is kept longer.");

    private static final Option<Integer> PROJ = Option.whole("proj", 0)
            .range(0, 1_000_000)
            .doc("Width that the output is projected to before it is fed back; 0 for no projection.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("RAN")
                .summary("Recurrent additive network: a gated sum of projected inputs.")
                .paper("1705.07393", "Recurrent Additive Networks")
                .example("RAN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(OUTPUT, CONTENT_BIAS, FORGET_BIAS, PROJ);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h", s.value(PROJ) > 0 ? s.value(PROJ) : s.units());
        Expr n = s.value(CONTENT_BIAS) ? s.affine("n", x) : s.linear("n", x);
        Expr i = s.sigmoid(s.affine("i", x, h));
        Expr f = s.sigmoid(s.affine("f", x, h, bias(s.value(FORGET_BIAS))));
        Expr c = s.next("c", i.times(n).plus(f.times(s.state("c"))));
        Expr y = s.value(OUTPUT) == Output.TANH ? s.tanh(c) : c;
        return s.next("h", s.value(PROJ) > 0 ? s.linear("proj", s.value(PROJ), y) : y);
    }
}
