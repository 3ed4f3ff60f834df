package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.concat;
import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Term.bias;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;
import java.util.Arrays;

/**
 * Quasi-recurrent network: gates from a causal convolution of the input, then pooling along time.
 *
 * <pre>
 * a  = x W_a + x₋₁ V_a + x₋₂ V'_a + … + b_a      window terms, for each of z, f, o, i
 * z  = tanh(a_z)     f = σ(a_f)     o = σ(a_o)     i = σ(a_i)
 * c' = f ⊙ c + (1 − f) ⊙ z, or f ⊙ c + i ⊙ z with pooling=ifo
 * h  = o ⊙ c', or c' with pooling=f
 * </pre>
 *
 * <p>Shapes: x [batch, D], W and V [D, H], b [H]; the state is c and the last window − 1 inputs, zero before the start. With
 * zoneout a part of the forget gates is set to 1 in training: f ← 1 − m ⊙ (1 − f), without rescaling. In the Salesforce code F is
 * what we call 1 − f: negate its weights on import.
 */
@AutoService(Layer.class)
public final class Qrnn implements Cell {
    /** Which gates pool. */
    enum Pooling {
        F,
        FO,
        IFO
    }

    private static final Option<Integer> WINDOW =
            Option.whole("window", 1).range(1, 64).doc("How many inputs, the present one included, the gates see.");
    private static final Option<Pooling> POOLING =
            Option.choice("pooling", Pooling.FO).doc("Which gates there are: forget, output, input.");
    private static final Option<Double> ZONEOUT =
            Option.real("zoneout", 0).range(0, 1).doc("Probability that a channel keeps its state in a training step.");
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 0)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the state is kept longer.");

    private static final Option<Boolean> DENSE =
            Option.flag("dense", false).doc("Whether the output holds the input too, beside its own units.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("QRNN")
                .summary("Quasi-recurrent network: convolution, then gated pooling.")
                .paper("1611.01576", "Quasi-Recurrent Neural Networks")
                .example("QRNN_16_window=2")
                .size(Descriptor.Size.REQUIRED)
                .options(WINDOW, POOLING, ZONEOUT, FORGET_BIAS, ForgetBias.T_MAX, DENSE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        int window = s.value(WINDOW);
        Term[] past = new Term[window];
        for (int j = 0; j < window; j++) {
            past[j] = j == 0 ? x : s.lag(x, j);
        }
        Term[] biased = Arrays.copyOf(past, window + 1);
        biased[window] = bias(ForgetBias.of(s, s.value(FORGET_BIAS)));
        Expr c = s.state("c");
        Expr z = s.tanh(s.affine("z", past));
        Expr f = s.sigmoid(s.affine("f", biased));
        if (s.value(ZONEOUT) > 0) {
            f = oneMinus(s.random(Draw.bernoulli(1 - s.value(ZONEOUT)), c, Draw.Per.STEP)
                    .times(oneMinus(f)));
        }
        boolean own = s.value(POOLING) == Pooling.IFO;
        Expr pooled = own ? f.times(c).plus(s.sigmoid(s.affine("i", past)).times(z)) : lerp(z, c, f);
        Expr next = s.next("c", pooled);
        Expr h = s.value(POOLING) == Pooling.F
                ? next
                : s.sigmoid(s.affine("o", past)).times(next);
        return s.value(DENSE) ? concat(h, x) : h;
    }
}
