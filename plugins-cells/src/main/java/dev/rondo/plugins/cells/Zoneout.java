package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Step;

/**
 * Lets each state of a cell keep its old value at random in training: s' = s + m ⊙ (ŝ − s).
 *
 * <p>m is 1 with probability 1 − p, drawn for each element and step; in evaluation s' = p s + (1 − p) ŝ. All states of the cell
 * are treated, and an output that is a state follows it. An output that is none, as the SRU's, is computed from the new
 * states before they are zoned out; so is an LSTM's h from its c, as in the paper.
 */
@AutoService(Layer.class)
public final class Zoneout implements Cell {
    private static final Option<Double> P =
            Option.real("p", 0.1).range(0, 1).doc("Probability that a state keeps its old value in a training step.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Zoneout")
                .summary("A cell whose states keep old values at random in training.")
                .paper("1606.01305", "Zoneout: Regularizing RNNs by Randomly Preserving Hidden Activations")
                .example("Zoneout(GRU_8)_p=.1")
                .wraps(1, 1)
                .options(P);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Nested cell = s.cell(0, "0", x.width());
        Bundle old = cell.states();
        s.require(!old.names().isEmpty(), "needs a cell with a state");
        Step step = cell.step(x, old);
        Draw keep = Draw.bernoulli(1 - s.value(P));
        return s.next(
                cell,
                step.withStates(step.states()
                        .zip(old, (name, now, before) -> lerp(before, now, s.random(keep, before, Draw.Per.STEP)))));
    }
}
