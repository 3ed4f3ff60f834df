package dev.rondo.plugins.optim.regularizers;

import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.RegularizerScope;

/** α mean(h²), h the output of the last recurrent layer after its dropout; the mean is over steps, rows and units. */
@AutoService(Regularizer.class)
public final class ActivationRegularizer implements Regularizer {
    private static final Option<Double> WEIGHT =
            Option.real("weight", 2).range(0, 1e6).doc("α, what the penalty is multiplied by; 2 in the paper.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("AR")
                .summary("Squares of the last recurrent layer's outputs.")
                .paper("1708.01009", "Revisiting Activation Regularization for Language RNNs")
                .example("AR_weight=2")
                .options(WEIGHT);
    }

    @Override
    public Expr penalty(RegularizerScope s) {
        Expr h = Outputs.lastRecurrent(s).dropped();
        return mean(square(h), Axis.TIME, Axis.BATCH, Axis.FEATURES).times(s.option(WEIGHT));
    }
}
