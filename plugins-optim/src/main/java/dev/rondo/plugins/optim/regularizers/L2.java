package dev.rondo.plugins.optim.regularizers;

import static dev.rondo.api.expr.Fn.square;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.RegularizerScope;

/** λ ½ Σ θ² over the weights, whose gradient is λ θ; Keras leaves out the ½. */
@AutoService(Regularizer.class)
public final class L2 implements Regularizer {
    private static final Option<Double> WEIGHT =
            Option.real("weight", 1e-4).range(0, 1e6).doc("λ, what the penalty is multiplied by.");
    private static final Option<Boolean> ALL =
            Option.flag("all", false).doc("Biases, gains and other vectors as well, not weight matrices alone.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("L2")
                .summary("Half the squares of all weights.")
                .standard("Ridge regression (Hoerl and Kennard, 1970), weight decay for SGD.")
                .example("L2_weight=1e-4")
                .options(WEIGHT, ALL);
    }

    @Override
    public Expr penalty(RegularizerScope s) {
        Expr squares = Weights.sum(s, s.value(ALL), weight -> sum(square(weight)));
        return squares.times(s.option(WEIGHT)).times(0.5);
    }
}
