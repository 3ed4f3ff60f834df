package dev.rondo.plugins.optim.losses;

import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;

/** The squared distance from the target, averaged over features. */
@AutoService(Loss.class)
public final class Mse implements Loss {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MSE")
                .summary("Mean squared error.")
                .standard("Squared error, averaged over the features of a step")
                .example("MSE");
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        return mean(square(output.minus(target)), Axis.FEATURES);
    }
}
