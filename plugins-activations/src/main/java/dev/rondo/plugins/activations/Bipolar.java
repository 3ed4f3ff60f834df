package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.floor;
import static dev.rondo.api.expr.Fn.index;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/**
 * Mirrors an activation in every second unit: f(x) in even units, −f(−x) in odd ones.
 *
 * <p>Units bounded on one side then have a mean near zero over the layer. On odd functions it changes nothing; a mirrored
 * logistic function lies between −1 and 0 and is no gate. Units count from 0 along features.
 */
@AutoService(Activation.class)
public final class Bipolar implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Bipolar")
                .summary("An activation, mirrored in every second unit.")
                .paper("1709.04054", "Shifting Mean Activation Towards Zero with Bipolar Activation Functions")
                .example("Bipolar(ReLU)")
                .wraps(1, 1);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        Expr half = index(Axis.FEATURES, x.width()).div(2);
        Expr sign = floor(half).minus(half).times(4).plus(1);
        return sign.times(s.activation(0, sign.times(x)));
    }
}
