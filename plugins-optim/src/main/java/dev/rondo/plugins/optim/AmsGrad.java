package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;

/**
 * Adam whose scale never shrinks.
 *
 * <pre>
 * m and v as in Adam       V ← max(V, v)       θ ← θ − η m̂/(√(V/(1 − β₂ᵗ)) + ε)
 * </pre>
 */
@AutoService(Optimizer.class)
public final class AmsGrad implements Optimizer {
    @Override
    public Descriptor describe() {
        return Descriptor.of("AMSGrad")
                .summary("Adam whose scale never shrinks.")
                .paper("1904.09237", "On the Convergence of Adam and Beyond")
                .example("AMSGrad_lr=0.001")
                .learningRate(0.001)
                .options(Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr m = s.next("m", lerp(s.state("m"), s.gradient(), oneMinus(s.option(Adam.B1))));
        Expr v = s.next("v", lerp(s.state("v"), square(s.gradient()), oneMinus(s.option(Adam.B2))));
        Expr most = s.next("most", max(s.state("most"), v));
        Expr mean = m.div(oneMinus(pow(s.option(Adam.B1), s.count())));
        Expr scale = sqrt(most.div(oneMinus(pow(s.option(Adam.B2), s.count()))));
        return s.parameter().minus(s.learningRate().times(mean).div(scale.plus(s.option(Adam.EPS))));
    }
}
