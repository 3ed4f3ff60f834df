package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.select;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * The leaky rectifier: x above 0, a x below; its derivative at 0 is a.
 */
@AutoService(Activation.class)
public final class LeakyRelu implements Activation {
    private static final Option<Double> SLOPE =
            Option.real("slope", 0.01).range(0, 1).doc("a, the slope below 0.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LeakyReLU")
                .summary("Rectifier with a small slope below 0.")
                .standard("The leaky rectifier, x above 0 and a small multiple of x below.")
                .options(SLOPE);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return select(less(0, x), x, x.times(s.option(SLOPE)));
    }
}
