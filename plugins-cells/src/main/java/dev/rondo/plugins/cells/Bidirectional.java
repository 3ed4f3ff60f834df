package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.concat;
import static dev.rondo.api.expr.Fn.reverse;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.api.spi.Option;

/**
 * Runs one layer forward and another copy of it backward in time, and merges what they give.
 *
 * <p>Both begin with a zero state at every call, the backward one at each row's last valid step. Merged by concat the output is
 * twice as wide. What it gives at a step depends on later steps, so it does not stream.
 */
@AutoService(Layer.class)
public final class Bidirectional implements Layer {
    /** How the two directions become one output. */
    enum Merge {
        CONCAT,
        SUM,
        MUL,
        AVE
    }

    private static final Option<Merge> MERGE =
            Option.choice("merge", Merge.CONCAT).doc("Side by side, or the sum, product or mean of both directions.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Bidirectional")
                .summary("A layer forward and its copy backward in time.")
                .paper("Schuster and Paliwal 1997", "Bidirectional Recurrent Neural Networks")
                .example("Bidirectional(GRU_8)")
                .wraps(1, 1)
                .options(MERGE);
    }

    @Override
    public Expr forward(LayerScope s, Expr x) {
        Expr forward = s.layer(0, "forward", x);
        Expr backward = reverse(s.layer(0, "backward", reverse(x)));
        return switch (s.value(MERGE)) {
            case CONCAT -> concat(forward, backward);
            case SUM -> forward.plus(backward);
            case MUL -> forward.times(backward);
            case AVE -> forward.plus(backward).div(2);
        };
    }
}
