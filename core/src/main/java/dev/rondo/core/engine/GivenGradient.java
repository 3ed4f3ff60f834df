package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;

/** The loss whose gradient by the output is the target: it hands a gradient that is known back to the layers before. */
final class GivenGradient implements Loss {
    /** For an output of {@code width} features. */
    static Objective objective(int width) {
        return Objective.ofNumbers(Configured.of(new GivenGradient()), width);
    }

    @Override
    public Descriptor describe() {
        return Descriptor.of("GivenGradient").standard("Inner product of output and target.");
    }

    @Override
    public Expr of(OptionScope s, Expr output, Expr target) {
        return Fn.sum(output.times(target), Axis.FEATURES);
    }
}
