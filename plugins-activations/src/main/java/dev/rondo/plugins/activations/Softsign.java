package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.abs;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/**
 * x/(1 + |x|), in −1 to 1; reaches its bounds even more slowly than ISRU_tanh.
 */
@AutoService(Activation.class)
public final class Softsign implements Activation {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Softsign")
                .summary("x divided by 1 + |x|.")
                .paper(
                        "Glorot and Bengio 2010",
                        "Understanding the difficulty of training deep feedforward neural networks");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        return x.div(abs(x).plus(1));
    }
}
