package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.sigmoid;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Minimal GRU: gate and candidate see the input only, so the loop is a linear scan.
 *
 * <pre>
 * z  = σ(x W_z + b_z)       n = g(x W_n + b_n)
 * h' = (1 − z) ⊙ h + z ⊙ n
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], b [H]. g is the identity; with form=positive g(v) = v + ½ where v ≥ 0 and σ(v)
 * below, so that the state stays above 0, as scans in log space need.
 */
@AutoService(Layer.class)
public final class MinGru implements Cell {
    /** What becomes of the candidate. */
    enum Form {
        PLAIN,
        POSITIVE
    }

    static final Option<Form> FORM = Option.choice("form", Form.PLAIN).doc("Whether the candidate is made positive.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("minGRU")
                .summary("Minimal GRU: a linear scan with gates from the input.")
                .paper("2410.01201", "Were RNNs All We Needed?")
                .example("minGRU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(FORM);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr z = s.sigmoid(s.affine("z", x));
        return s.next("h", lerp(h, candidate(s, x), z));
    }

    /** g(x W_n + b_n). */
    static Expr candidate(CellScope s, Expr x) {
        Expr v = s.affine("n", x);
        return s.value(FORM) == Form.PLAIN ? v : select(less(v, 0), sigmoid(v), v.plus(0.5));
    }
}
