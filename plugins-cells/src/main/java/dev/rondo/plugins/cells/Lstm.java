package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.clamp;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.diagonal;
import static dev.rondo.api.expr.Term.optional;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Long short-term memory with forget gate, optional peepholes and coupled gates.
 *
 * <pre>
 * f  = σ(x W_f + h U_f + p_f ⊙ c + b_f)       i = σ(x W_i + h U_i + p_i ⊙ c + b_i), or 1 − f if coupled
 * g  = tanh(x W_g + h U_g + b_g)              c' = f ⊙ c + i ⊙ g
 * o  = σ(x W_o + h U_o + p_o ⊙ c' + b_o)      h' = o ⊙ tanh(c')
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], p and b [H]. With proj h' = (o ⊙ tanh(c')) P, P [H, proj], and h is so wide. The output peephole sees the new c. The forget bias is stored in
 * b_f, once: PyTorch's two biases are added to one before they are imported.
 */
@AutoService(Layer.class)
public final class Lstm implements Cell {
    private static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1)
            .range(-20, 20)
            .doc("Initial bias of the forget gate; above 0 the cell remembers from the beginning.");
    private static final Option<Boolean> PEEPHOLE =
            Option.flag("peephole", false).doc("Whether the gates see the cell state, by one weight per unit.");
    private static final Option<Boolean> COUPLED =
            Option.flag("coupled", false).doc("Whether the input gate is 1 − forget gate (CIFG, arXiv 1503.04069).");
    private static final Option<Boolean> FORGET =
            Option.flag("forget", true).doc("Whether there is a forget gate, which the paper of 1997 has not.");
    private static final Option<Integer> PROJ = Option.whole("proj", 0)
            .range(0, 1_000_000)
            .doc("Width that the output is projected to before it is fed back; 0 for no projection.");
    private static final Option<Double> CELL_CLIP =
            Option.real("cell-clip", 0).range(0, 1e9).doc("Largest magnitude of the cell state; 0 for any.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LSTM")
                .summary("Long short-term memory with forget gate.")
                .paper(
                        "Hochreiter and Schmidhuber 1997, Gers et al. 2000",
                        "Long Short-Term Memory; Learning to Forget")
                .example("LSTM_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGET_BIAS, PEEPHOLE, COUPLED, FORGET, PROJ, CELL_CLIP)
                .preset(
                        "PeepholeLSTM",
                        as -> as.summary("LSTM whose gates see the cell state.")
                                .paper("Gers et al. 2002", "Learning Precise Timing with LSTM Recurrent Networks"),
                        "peephole=true")
                .preset(
                        "CIFG",
                        as -> as.summary("LSTM with coupled input and forget gate.")
                                .paper("1503.04069", "LSTM: A Search Space Odyssey"),
                        "coupled=true")
                .preset(
                        "OriginalLSTM",
                        as -> as.summary("LSTM of 1997, without forget gate.")
                                .paper("Hochreiter and Schmidhuber 1997", "Long Short-Term Memory"),
                        "forget=false");
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        boolean peep = s.value(PEEPHOLE);
        s.require(s.value(FORGET) || !s.value(COUPLED), "coupled=true needs the forget gate");
        double bound = s.value(CELL_CLIP);
        Expr h = s.state("h", s.value(PROJ) > 0 ? s.value(PROJ) : s.units());
        Expr old = s.state("c");
        Term seen = optional(peep, diagonal(old));
        Expr f = s.value(FORGET) ? s.sigmoid(s.affine("f", x, h, seen, bias(s.value(FORGET_BIAS)))) : Expr.of(1);
        Expr i = s.value(COUPLED) ? oneMinus(f) : s.sigmoid(s.affine("i", x, h, seen));
        Expr g = s.tanh(s.affine("g", x, h));
        Expr sum = (s.value(FORGET) ? f.times(old) : old).plus(i.times(g));
        Expr c = s.next("c", bound > 0 ? clamp(sum, -bound, bound) : sum);
        Expr o = s.sigmoid(s.affine("o", x, h, optional(peep, diagonal(c))));
        Expr y = o.times(s.tanh(c));
        return s.next("h", s.value(PROJ) > 0 ? s.linear("proj", s.value(PROJ), y) : y);
    }
}
