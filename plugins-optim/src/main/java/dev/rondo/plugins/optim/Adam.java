package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/** Steps along the mean gradient, each weight's divided by how large its gradients are. */
@AutoService(Optimizer.class)
public final class Adam implements Optimizer {
    static final Option<Double> B1 = Option.real("b1", 0.9).range(0, 1).doc("share of the mean gradient that is kept");
    static final Option<Double> B2 =
            Option.real("b2", 0.999).range(0, 1).doc("share of the mean squared gradient that is kept");
    static final Option<Double> EPS =
            Option.real("eps", 1e-8).range(0, 1).doc("added to the root of the mean squared gradient");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Adam")
                .summary("Steps scaled by running means of the gradient and of its square.")
                .paper("1412.6980", "Adam: A Method for Stochastic Optimization")
                .example("Adam_lr=0.001")
                .learningRate(0.001)
                .options(B1, B2, EPS);
    }

    @Override
    public Expr update(OptimizerScope s) {
        return s.parameter().minus(s.learningRate().times(direction(s)));
    }

    /** m̂/(√v̂ + ε), with the options of the optimiser that calls; they have to be among its own. */
    static Expr direction(OptimizerScope s) {
        Expr g = s.gradient();
        Expr m = s.next("m", lerp(s.state("m"), g, oneMinus(s.option(B1))));
        Expr v = s.next("v", lerp(s.state("v"), square(g), oneMinus(s.option(B2))));
        Expr mean = m.div(oneMinus(pow(s.option(B1), s.count())));
        Expr scale = v.div(oneMinus(pow(s.option(B2), s.count())));
        return mean.div(sqrt(scale).plus(s.option(EPS)));
    }
}
