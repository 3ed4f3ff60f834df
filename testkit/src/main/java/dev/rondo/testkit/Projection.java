package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;

/** A loss whose derivative by the output is the target: it lets slopes be read off, however large the output is. */
record Projection() implements Loss {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Projection").standard("Product with the target.");
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        return Fn.sum(output.times(target), Axis.FEATURES);
    }
}
