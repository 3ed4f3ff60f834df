package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;

/** The loss of the contracts that compare whole models: the mean over features of the squared distance. */
record SquaredDistance() implements Loss {
    @Override
    public Descriptor describe() {
        return Descriptor.of("SquaredDistance").standard("Squared distance.");
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        return Fn.mean(Fn.square(output.minus(target)), Axis.FEATURES);
    }
}
