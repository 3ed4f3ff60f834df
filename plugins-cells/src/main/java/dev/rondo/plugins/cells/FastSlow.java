package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.slice;
import static dev.rondo.api.expr.Fn.zerosLike;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Step;

/**
 * Several fast cells that share one state within a step, and a slow cell between the first two.
 *
 * <pre>
 * o₁, f = F₁(x, f)       o, s = S(o₁, s)       o₂, f = F₂(o, f)       oₖ, f = Fₖ(0, f) for k from 3
 * y = o_fast
 * </pre>
 *
 * <p>The first spec in the parentheses is the fast cell, which is copied fast times with parameters of its own, the
 * second the slow one. From the third on a fast cell is fed a single zero, as by the authors, or with feed=previous
 * the output before it.
 */
@AutoService(Layer.class)
public final class FastSlow implements Cell {
    /** What fast cells from the third on are fed. */
    enum Feed {
        ZEROS,
        PREVIOUS
    }

    private static final Option<Integer> FAST =
            Option.whole("fast", 2).range(2, 100).doc("How many fast cells there are.");
    private static final Option<Feed> FEED = Option.choice("feed", Feed.ZEROS)
            .doc("What fast cells from the third on are fed: a zero, or the output before.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("FastSlow")
                .summary("Fast cells in sequence within a step, a slow cell beside them.")
                .paper("1705.08639", "Fast-Slow Recurrent Neural Networks")
                .example("FastSlow(LSTM_8 GRU_4)")
                .wraps(2, 2)
                .options(FAST, FEED);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        int count = s.value(FAST);
        Nested first = s.cell(0, "fast1", x.width());
        Step fast = first.step(x, first.states());
        Nested slow = s.cell(1, "slow", fast.output().width());
        Expr in = s.next(slow, slow.step(fast.output(), slow.states()));
        for (int i = 2; i <= count; i++) {
            fast = s.cell(0, "fast" + i, in.width()).step(in, fast.states());
            in = s.value(FEED) == Feed.PREVIOUS ? fast.output() : zerosLike(slice(fast.output(), 0, 1));
        }
        return s.next(first, fast);
    }
}
