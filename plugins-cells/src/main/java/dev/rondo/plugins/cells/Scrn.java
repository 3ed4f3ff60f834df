package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.concat;
import static dev.rondo.api.expr.Fn.lerp;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Structurally constrained network: some units change slowly, by a fixed share.
 *
 * <pre>
 * s' = (1 − α) x W_s + α s
 * h' = σ(x W_h + s' P + h U + b_h)
 * y  = [h', s']
 * </pre>
 *
 * <p>Shapes: x [batch, D], h [batch, H], s [batch, context], W [D, ·], P [context, H], U [H, H], b [H]. The output
 * holds both, so it is H + context wide, and the map that the paper has behind it is left to the next layer. α is not
 * trained.
 */
@AutoService(Layer.class)
public final class Scrn implements Cell {
    private static final Option<Integer> CONTEXT =
            Option.whole("context", 10).range(1, 1000000).doc("How many slow units there are beside the others.");
    private static final Option<Double> ALPHA =
            Option.real("alpha", 0.95).range(0, 1).doc("α, the share of a slow unit that is kept.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SCRN")
                .summary("Simple network beside slow context units.")
                .paper("1412.7753", "Learning Longer Memory in Recurrent Neural Networks")
                .example("SCRN_16_context=4")
                .size(Descriptor.Size.REQUIRED)
                .options(CONTEXT, ALPHA);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        int width = s.value(CONTEXT);
        Expr slow = s.next("s", lerp(s.linear("s", width, x), s.state("s", width), s.option(ALPHA)));
        Expr h = s.next("h", s.sigmoid(s.affine("h", x, slow, s.state("h"))));
        return concat(h, slow);
    }
}
