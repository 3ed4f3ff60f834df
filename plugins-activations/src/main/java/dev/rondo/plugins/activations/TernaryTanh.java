package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/**
 * A function with three plateaus, at −1, 0 and 1: 1.5 tanh x − 0.5 tanh 3x.
 *
 * <p>Written as 4t³/(1 + 3t²) with t = tanh x, which is the same and needs one tanh. Its slope at 0 is 0 and small states vanish
 * as 4x³: weights that start near zero learn slowly through it.
 */
@AutoService(Activation.class)
public final class TernaryTanh implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("TernaryTanh")
                .summary("Three plateaus: −1, 0 and 1.")
                .paper("R2RT 2017", "Beyond Binary: Ternary and One-hot Neurons");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        Expr t = Fn.tanh(x);
        Expr squared = square(t);
        return t.times(squared).times(4).div(squared.times(3).plus(1));
    }
}
