package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.exp;
import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.sign;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Longer steps where gradient and momentum agree in sign, shorter ones where they do not.
 *
 * <pre>
 * m ← β m + (1 − β) g       θ ← θ − η exp(sign(g) sign(m)) g
 * </pre>
 */
@AutoService(Optimizer.class)
public final class PowerSign implements Optimizer {
    private static final Option<Double> BETA =
            Option.real("beta", 0.9).range(0, 1).doc("Share of the momentum that is kept.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("PowerSign")
                .summary("Steps by the agreement of gradient and momentum.")
                .paper("1709.07417", "Neural Optimizer Search with Reinforcement Learning")
                .example("PowerSign_lr=0.01")
                .learningRate(0.01)
                .options(BETA);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr g = s.gradient();
        Expr m = s.next("m", lerp(s.state("m"), g, oneMinus(s.option(BETA))));
        return s.parameter()
                .minus(s.learningRate().times(exp(sign(g).times(sign(m)))).times(g));
    }
}
