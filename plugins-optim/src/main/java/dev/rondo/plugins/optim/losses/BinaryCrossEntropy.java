package dev.rondo.plugins.optim.losses;

import static dev.rondo.api.expr.Fn.concat;
import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.sigmoid;
import static dev.rondo.api.expr.Fn.softplus;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;

/**
 * The negative logarithm, in nats, of the probability of the class that came, where one output z decides between two classes.
 *
 * <pre>
 * p(1) = σ(z)
 * −y ln σ(z) − (1 − y) ln(1 − σ(z)) = ln(1 + exp z) − y z
 * </pre>
 *
 * <p>Shapes: z [time, batch, 1], y [time, batch, 1], 0 or 1. The right-hand side is what is computed: it does not overflow.
 */
@AutoService(Loss.class)
public final class BinaryCrossEntropy implements Loss {
    @Override
    public Descriptor describe() {
        return Descriptor.of("BinaryCrossEntropy")
                .summary("Surprise about which of two classes came, in nats, with one output for both.")
                .standard("Negative log-likelihood of a Bernoulli variable under a logistic function")
                .example("BinaryCrossEntropy");
    }

    @Override
    public int outputs(OptionScope s, int classes) {
        s.require(
                classes == 2,
                "needs a target with two classes, but the target "
                        + (classes == 0 ? "is a number" : "has " + classes + " classes"));
        return 1;
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        return mean(softplus(output).minus(target.times(output)), Axis.FEATURES);
    }

    @Override
    public Expr prediction(OptionScope s, Expr output) {
        return concat(sigmoid(output.unaryMinus()), sigmoid(output));
    }
}
