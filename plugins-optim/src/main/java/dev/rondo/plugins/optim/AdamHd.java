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

/** Adam whose learning rate follows its own gradient. */
@AutoService(Optimizer.class)
public final class AdamHd implements Optimizer {
    private static final Option<Double> LR =
            Option.real("lr", 0.001).range(0, Double.POSITIVE_INFINITY).doc("learning rate of the first step");
    private static final Option<Double> HYPER = Option.real("hyper-lr", 1e-7)
            .range(0, Double.POSITIVE_INFINITY)
            .doc("learning rate of the learning rate; far greater with mean=true");
    private static final Option<Boolean> MEAN =
            Option.flag("mean", false).doc("a rate of its own for each parameter, from a mean instead of a sum");
    private static final Option<Double> FLOOR = Option.real("floor", 0).doc("least learning rate");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Adam_HD")
                .summary("Adam whose learning rate follows its own gradient.")
                .paper("1703.04782", "Online Learning Rate Adaptation with Hypergradient Descent")
                .example("Adam_HD_lr=0.001_hyper-lr=1e-7")
                .options(LR, HYPER, MEAN, FLOOR, Adam.B1, Adam.B2, Adam.EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr along = s.gradient().times(s.state("d")); // minus the derivative of the loss by the last rate
        Expr old = s.value(MEAN) ? s.state("lr", Expr.of(s.value(LR))) : s.shared("lr", s.value(LR));
        Expr slope = s.value(MEAN) ? mean(along) : s.total("h", sum(along));
        Expr rate = s.next("lr", max(old.plus(slope.times(s.option(HYPER))), s.option(FLOOR)));
        return s.parameter().minus(rate.times(s.next("d", Adam.direction(s))));
    }
}
