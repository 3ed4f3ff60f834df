package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.exp;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.softplus;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.heads;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * LSTM with exponential gates, a normaliser and a stabiliser, in heads.
 *
 * <pre>
 * ĩ, f̃, z̃, õ = x W + h U + b, U of heads blocks
 * l  = ln σ(f̃)          m' = max(l + m, ĩ), ĩ at the start      i = exp(ĩ − m')      f = exp(l + m − m')
 * c' = f ⊙ c + i ⊙ tanh(z̃)         n' = f ⊙ n + i               h' = σ(õ) ⊙ c' / n'
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. U starts at 0, b_f falls from 5 to −7 across each head, the
 * steeper the deeper the block (0 to 1) lies. The stabiliser m changes no result, only the numbers' range.
 * Convolution and norm around it belong to the paper's block, not to the cell.
 */
@AutoService(Layer.class)
public final class SLstm implements Cell {
    private static final Option<Integer> HEADS = Option.whole("heads", 1)
            .range(1, 1000000)
            .doc("Blocks of units that do not see each other; must divide the size.");
    private static final Option<Double> BLOCK = Option.real("block", 0)
            .range(0, 1)
            .doc("Depth of the layer within its stack, from 0 to 1; decides how the forget biases fall.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("sLSTM")
                .summary("LSTM with exponential gating (xLSTM).")
                .paper("2405.04517", "xLSTM: Extended Long Short-Term Memory")
                .example("sLSTM_16_heads=4")
                .size(Descriptor.Size.REQUIRED)
                .options(HEADS, BLOCK);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        int count = s.value(HEADS);
        int width = s.units() / count;
        s.require(width * count == s.units(), "heads=" + count + " must divide the size " + s.units());
        double power = 0.3 + 1.3 * s.value(BLOCK);
        Init falling =
                Init.each((j, random) -> 5 - 12 * Math.pow((double) (j % width) / Math.max(1, width - 1), power));
        Expr h = s.state("h");
        Expr i = s.affine("i", x, heads(h, count, Init.ZEROS));
        Expr f = s.affine("f", x, heads(h, count, Init.ZEROS), bias(falling));
        Expr carried = s.state("m").minus(softplus(f.unaryMinus()));
        Expr kept = select(s.firstStep(), Expr.of(-1e9), carried);
        Expr peak = s.next("m", max(kept, i));
        Expr in = exp(i.minus(peak));
        Expr keep = exp(kept.minus(peak));
        Expr z = s.tanh(s.affine("z", x, heads(h, count, Init.ZEROS)));
        Expr c = s.next("c", keep.times(s.state("c")).plus(in.times(z)));
        Expr n = s.next("n", keep.times(s.state("n")).plus(in));
        Expr o = s.sigmoid(s.affine("o", x, heads(h, count, Init.ZEROS)));
        return s.next("h", o.times(c.div(n)));
    }
}
