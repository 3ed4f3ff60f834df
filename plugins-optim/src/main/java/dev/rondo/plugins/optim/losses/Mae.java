package dev.rondo.plugins.optim.losses;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.mean;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;

/** The distance from the target, averaged over features; its derivative is 0 where there is no distance. */
@AutoService(Loss.class)
public final class Mae implements Loss {
    @Override
    public Descriptor describe() {
        return Descriptor.of("MAE")
                .summary("Mean absolute error.")
                .standard("Absolute error, averaged over the features of a step")
                .example("MAE");
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        return mean(abs(output.minus(target)), Axis.FEATURES);
    }
}
