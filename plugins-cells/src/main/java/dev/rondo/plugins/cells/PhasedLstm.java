package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.phase;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.diagonal;
import static dev.rondo.api.expr.Term.optional;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Phased LSTM: each unit is updated only while its own periodic gate is open, in time as the data stamp it.
 *
 * <pre>
 * (ĉ, ĥ) = LSTM(x, h, c)
 * φ  = ((t − s) mod τ)/τ
 * k  = 2φ/r where φ &lt; r/2,   2 − 2φ/r where r/2 ≤ φ &lt; r,   α φ elsewhere
 * c' = k ⊙ ĉ + (1 − k) ⊙ c          h' = k ⊙ ĥ + (1 − k) ⊙ h
 * </pre>
 *
 * <p>Shapes: those of the LSTM, and period τ, shift s and ratio r [H]. Time t is the data's stamp relative to the stream's first,
 * or the number of the step. The leak α is 0 in evaluation, as in the authors' code, unless {@code keep-leak}. Period and
 * ratio count by their absolute values, since training may turn their sign. Periods start log-uniformly.
 */
@AutoService(Layer.class)
public final class PhasedLstm implements Cell {
    private static final Option<Double> RATIO =
            Option.real("ratio-on", 0.05).range(0.001, 1).doc("Share of its period in which a unit is open, at first.");
    private static final Option<Boolean> TRAIN_RATIO =
            Option.flag("train-ratio", false).doc("Whether the open share is trained, one per unit.");
    private static final Option<Double> LEAK =
            Option.real("leak", 0.001).range(0, 1).doc("What passes through a closed gate, at the end of a period.");
    private static final Option<Boolean> KEEP_LEAK =
            Option.flag("keep-leak", false).doc("Whether closed gates leak in evaluation too.");
    private static final Option<Double> SHORTEST =
            Option.real("period-min", 1).range(1e-9, 1e9).doc("Shortest period at first.");
    private static final Option<Double> LONGEST =
            Option.real("period-max", 1000).range(1e-9, 1e9).doc("Longest period at first.");
    private static final Option<Double> FORGET_BIAS =
            Option.real("forget-bias", 2).range(-20, 20).doc("Initial bias of the forget gate.");
    private static final Option<Boolean> PEEPHOLE =
            Option.flag("peephole", false).doc("Whether the gates see the cell state, by one weight per unit.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("PhasedLSTM")
                .summary("LSTM with a periodic gate per unit, for long or irregularly sampled series.")
                .paper(
                        "1610.09513",
                        "Phased LSTM: Accelerating Recurrent Network Training for Long or Event-based Sequences")
                .example("PhasedLSTM_16_period-max=100")
                .size(Descriptor.Size.REQUIRED)
                .options(RATIO, TRAIN_RATIO, LEAK, KEEP_LEAK, SHORTEST, LONGEST, FORGET_BIAS, PEEPHOLE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        double low = s.value(SHORTEST);
        double high = s.value(LONGEST);
        s.require(low <= high, "needs period-min of at most period-max");
        boolean peep = s.value(PEEPHOLE);
        Expr h = s.state("h");
        Expr old = s.state("c");
        Expr f = s.sigmoid(s.affine("f", x, h, optional(peep, diagonal(old)), bias(s.value(FORGET_BIAS))));
        Expr i = s.sigmoid(s.affine("i", x, h, optional(peep, diagonal(old))));
        Expr c = f.times(old).plus(i.times(s.tanh(s.affine("g", x, h))));
        Expr o = s.sigmoid(s.affine("o", x, h, optional(peep, diagonal(c))));
        Init logUniform = Init.each((j, random) -> low * Math.pow(high / low, random.uniform()));
        Expr period = abs(s.vector("period", s.units(), logUniform));
        Expr phi = phase(s.time(), s.vector("shift", s.units(), Init.uniform(0, high)), period);
        Expr r = s.value(TRAIN_RATIO)
                ? abs(s.vector("ratio", s.units(), Init.constant(s.value(RATIO))))
                : s.option(RATIO);
        Expr leak = s.value(KEEP_LEAK) ? s.option(LEAK) : s.training().times(s.option(LEAK));
        Expr rise = phi.times(2).div(r);
        Expr falling = select(less(phi, r), Expr.of(2).minus(rise), leak.times(phi));
        Expr k = select(less(phi, r.div(2)), rise, falling);
        s.next("c", lerp(old, c, k));
        return s.next("h", lerp(h, o.times(s.tanh(c)), k));
    }
}
