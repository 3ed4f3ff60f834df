package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Sets values to zero at random in training and scales the others up, so that their mean stays.
 *
 * <p>y = m ⊙ x/(1 − p) with m drawn from {0, 1}, one with probability 1 − p; in evaluation y = x exactly. With
 * {@code per=chunk} one mask serves all steps of a training chunk (variational dropout, arXiv 1512.05287).
 */
@AutoService(Layer.class)
public final class Dropout implements Cell {
    private static final Option<Double> P =
            Option.real("p", 0.5).range(0, 0.99).doc("Probability that a value becomes zero in training.");
    private static final Option<Draw.Per> PER =
            Option.choice("per", Draw.Per.STEP).doc("Whether each step has a mask of its own or a chunk has one.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Dropout")
                .summary("Zeros values at random in training.")
                .paper("1207.0580", "Improving neural networks by preventing co-adaptation of feature detectors")
                .example("Dropout_p=.2")
                .options(P, PER);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        double keep = 1 - s.value(P);
        return x.times(s.random(Draw.bernoulli(keep), x, s.value(PER)).div(keep));
    }
}
