package dev.rondo.plugins.optim.losses;

import static dev.rondo.api.expr.Fn.logSoftmax;
import static dev.rondo.api.expr.Fn.oneHot;
import static dev.rondo.api.expr.Fn.softmax;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;

/**
 * The negative logarithm, in nats, of the probability that the softmax of the outputs gives to the class that came.
 *
 * <pre>
 * −ln softmax(z)(y) = ln Σ exp(z − max z) − (z(y) − max z)
 * </pre>
 *
 * <p>Shapes: z [time, batch, classes], y [time, batch, 1], a number from 0. Finite for outputs of any size.
 */
@AutoService(Loss.class)
public final class CrossEntropy implements Loss {
    @Override
    public Descriptor describe() {
        return Descriptor.of("CrossEntropy")
                .summary("Surprise about the class that came, in nats, with a softmax over one output for each class.")
                .standard("Negative log-likelihood of a class under a softmax")
                .example("CrossEntropy");
    }

    @Override
    public int outputs(OptionScope s, int classes) {
        s.require(classes > 0, "needs a target with classes, but the target is a number");
        return classes;
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        Expr picked = oneHot(target, output.width()).times(logSoftmax(output, Axis.FEATURES));
        return sum(picked, Axis.FEATURES).unaryMinus();
    }

    @Override
    public Expr prediction(OptionScope s, Expr output) {
        return softmax(output, Axis.FEATURES);
    }
}
