package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Rewrite;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Drops inputs and states of the products at random: one mask for all steps of a chunk.
 *
 * <pre>
 * x ← x ⊙ m_x / (1 − input)       h ← h ⊙ m_h / (1 − state)
 * </pre>
 *
 * <p>The masks are drawn once for each row and chunk and serve all gates. They meet the operands of matrix products
 * only, never the state that is carried.
 */
@AutoService(Layer.class)
public final class VariationalDropout implements Cell {
    private static final Option<Double> INPUT =
            Option.real("input", 0.2).range(0, 0.999).doc("Probability that a feature of the input is dropped.");
    private static final Option<Double> STATE =
            Option.real("state", 0.2).range(0, 0.999).doc("Probability that a unit of a state is dropped.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("VariationalDropout")
                .summary("One dropout mask for all steps of a chunk, for any cell.")
                .paper("1512.05287", "A Theoretically Grounded Application of Dropout in Recurrent Neural Networks")
                .example("VariationalDropout(LSTM_8)_state=0.3")
                .wraps(1, 1)
                .options(INPUT, STATE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Map<Expr, Expr> masked = new IdentityHashMap<>();
        Nested cell = s.cell(0, "0", x.width(), new Rewrite() {
            @Override
            public Expr operand(String name, boolean recurrent, Expr operand) {
                double keep = 1 - s.value(recurrent ? STATE : INPUT);
                return masked.computeIfAbsent(
                        operand,
                        any -> keep == 1
                                ? any
                                : any.times(s.random(Draw.bernoulli(keep), any, Draw.Per.CHUNK))
                                        .div(keep));
            }
        });
        return s.next(cell, cell.step(x, cell.states()));
    }
}
