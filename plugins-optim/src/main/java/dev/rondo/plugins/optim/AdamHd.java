package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Adam whose learning rate follows its own gradient.
 *
 * <pre>
 * h = g · d, d the direction of the step before: over all parameters, in the mean of each, or for each element
 * η ← max(η + β h, floor)       d = m̂/(√v̂ + ε)       θ ← θ − η d
 * </pre>
 */
@AutoService(Optimizer.class)
public final class AdamHd implements Optimizer {
    /** What has a learning rate of its own. */
    enum Rate {
        /** All parameters together: the paper's rule. */
        GLOBAL,
        /** Each parameter, by the mean over its elements: the rule of pytorch_bits. */
        TENSOR,
        ELEMENT
    }

    private static final Option<Double> LR =
            Option.real("lr", 0.001).range(0, Double.POSITIVE_INFINITY).doc("Learning rate of the first step.");
    private static final Option<Double> HYPER = Option.real("hyper-lr", 1e-7)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("Learning rate of the learning rate; far greater with rate=tensor.");
    private static final Option<Rate> RATE = Option.choice("rate", Rate.GLOBAL)
            .doc("Whether all parameters share a rate, or each parameter or each of its elements has its own.");
    private static final Option<Double> FLOOR = Option.real("floor", 0).doc("Least learning rate.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Adam_HD")
                .summary("Adam whose learning rate follows its own gradient.")
                .paper("1703.04782", "Online Learning Rate Adaptation with Hypergradient Descent")
                .example("Adam_HD_lr=0.001_hyper-lr=1e-7")
                .options(LR, HYPER, RATE, FLOOR, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr along = s.gradient().times(s.state("d")); // minus the derivative of the loss by the last rate
        Expr rate = switch (s.value(RATE)) {
            case GLOBAL ->
                s.shared("eta", s.value(LR)).plus(s.total("h", sum(along)).times(s.option(HYPER)));
            case TENSOR -> s.state("eta", Expr.of(s.value(LR))).plus(mean(along).times(s.option(HYPER)));
            case ELEMENT -> s.state("eta", s.value(LR)).plus(along.times(s.option(HYPER)));
        };
        Expr floored = s.next("eta", max(rate, s.option(FLOOR)));
        return s.parameter().minus(floored.times(s.next("d", Adam.direction(s))));
    }
}
