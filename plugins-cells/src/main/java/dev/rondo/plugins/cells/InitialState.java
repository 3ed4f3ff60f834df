package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.zerosLike;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;

/**
 * Begins streams with trained states, or with noise, in place of zeros.
 *
 * <pre>
 * s ← v + noise · ξ at the first step of a stream       ξ standard normal, in training
 * </pre>
 *
 * <p>v has one trained value for each unit of each state. The history of a lag still begins with zeros.
 */
@AutoService(Layer.class)
public final class InitialState implements Cell {
    private static final Option<Boolean> LEARNT =
            Option.flag("learnt", true).doc("Whether the initial states are trained.");
    private static final Option<Double> NOISE =
            Option.real("noise", 0).range(0, 100).doc("Deviation of the noise that is added to them in training.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("InitialState")
                .summary("Learnt and noisy initial states for any cell.")
                .standard("Trained initial states, and noise on them, an idea of pytorch_bits.")
                .example("InitialState(GRU_8)_noise=0.1")
                .wraps(1, 1)
                .options(LEARNT, NOISE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Nested cell = s.cell(0, "0", x.width());
        s.require(!cell.states().names().isEmpty(), "needs a cell with a state");
        s.require(s.value(LEARNT) || s.value(NOISE) > 0, "learnt=false without noise changes nothing");
        Bundle old = cell.states();
        Bundle started = old.zip(old, (name, state, same) -> select(s.firstStep(), start(s, name, state), state));
        return s.next(cell, cell.continued(x, started));
    }

    private static Expr start(CellScope s, String name, Expr state) {
        Expr v = s.value(LEARNT) ? s.vector("initial." + name, state.width(), Init.ZEROS) : zerosLike(state);
        return s.value(NOISE) > 0
                ? v.plus(s.random(Draw.normal(), state, Draw.Per.STEP).times(s.option(NOISE)))
                : v;
    }
}
