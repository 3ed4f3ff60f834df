package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.oneMinus;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Adam with the decay of weights beside the step, not within the gradient.
 *
 * <pre>
 * θ ← θ (1 − η λ) − η m̂/(√v̂ + ε)       m̂ and v̂ as in Adam
 * </pre>
 */
@AutoService(Optimizer.class)
public final class AdamW implements Optimizer {
    private static final Option<Double> DECAY = Option.real("weight-decay", 0.01)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Share of the parameter that is taken from it, times the learning rate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("AdamW")
                .summary("Adam with decoupled weight decay.")
                .paper("1711.05101", "Decoupled Weight Decay Regularization")
                .example("AdamW_lr=0.001")
                .learningRate(0.001)
                .options(DECAY, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr kept = oneMinus(s.learningRate().times(s.option(DECAY)));
        return s.parameter().times(kept).minus(s.learningRate().times(Adam.direction(s)));
    }
}
