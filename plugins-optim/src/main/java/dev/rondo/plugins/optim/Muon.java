package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.matmul;
import static dev.rondo.api.expr.Fn.norm;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.transpose;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Role;

/**
 * Makes the momentum of each matrix nearly orthogonal before the step; everything else is left to AdamW.
 *
 * <pre>
 * M ← β M + (1 − β) G       U = β M + (1 − β) G       θ ← θ (1 − η λ) − η √max(1, out/in) O
 * X = U/(‖U‖ + 1e-7), five times X ← 3.4445 X + (2.0315 (X Xᵀ)² − 4.7750 X Xᵀ) X, O = X; transposed where in &gt; out
 * </pre>
 *
 * <p>Our matrices are [in, out], rows and columns; the write-up has them the other way round.
 */
@AutoService(Optimizer.class)
public final class Muon implements Optimizer {
    private static final Option<Double> BETA =
            Option.real("beta", 0.95).range(0, 1).doc("Share of the momentum that is kept.");
    private static final Option<Boolean> NESTEROV =
            Option.flag("nesterov", true).doc("Whether the gradient is mixed in once more.");
    private static final Option<Double> ADAM_LR = Option.real("adam-lr", 0.001)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Learning rate of what is no hidden matrix.");
    private static final Option<Double> DECAY = Option.real("weight-decay", 0)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is taken from it, times the learning rate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Muon")
                .summary("Orthogonalised momentum for matrices.")
                .paper("Jordan et al. 2024", "Muon: An optimizer for hidden layers in neural networks")
                .example("Muon_lr=0.02")
                .learningRate(0.02)
                .options(BETA, NESTEROV, ADAM_LR, DECAY, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        boolean hidden = s.role() == Role.INPUT || s.role() == Role.RECURRENT;
        if (!hidden || !s.parameter().shape().has(Axis.ROWS)) {
            Expr kept = oneMinus(s.option(ADAM_LR).times(s.option(DECAY)));
            return s.parameter().times(kept).minus(Adam.direction(s).times(s.option(ADAM_LR)));
        }
        Expr g = s.gradient();
        Expr m = s.next("m", lerp(s.state("m"), g, oneMinus(s.option(BETA))));
        int in = g.shape().size(Axis.ROWS);
        int out = g.shape().size(Axis.COLUMNS);
        Expr o = orthogonal(s.value(NESTEROV) ? lerp(g, m, s.option(BETA)) : m, in > out);
        Expr kept = oneMinus(s.learningRate().times(s.option(DECAY)));
        Expr length = s.learningRate().times(Math.sqrt(Math.max(1, (double) out / in)));
        return s.parameter().times(kept).minus(o.times(length));
    }

    private static Expr orthogonal(Expr u, boolean tall) {
        Expr x = tall ? transpose(u) : u;
        x = x.div(norm(x).plus(1e-7));
        for (int i = 0; i < 5; i++) {
            Expr a = matmul(x, transpose(x));
            Expr b = a.times(-4.7750).plus(matmul(a, a).times(2.0315));
            x = x.times(3.4445).plus(matmul(b, x));
        }
        return tall ? transpose(x) : x;
    }
}
