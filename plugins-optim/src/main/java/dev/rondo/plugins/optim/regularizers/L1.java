package dev.rondo.plugins.optim.regularizers;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.RegularizerScope;

/** λ Σ |θ| over the weights, whose gradient is λ sign(θ); weights come close to zero, but do not stay there. */
@AutoService(Regularizer.class)
public final class L1 implements Regularizer {
    private static final Option<Double> WEIGHT =
            Option.real("weight", 1e-5).range(0, 1e6).doc("λ, what the penalty is multiplied by.");
    private static final Option<Boolean> ALL =
            Option.flag("all", false).doc("Biases, gains and other vectors as well, not weight matrices alone.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("L1")
                .summary("Magnitudes of all weights.")
                .standard("The lasso (Tibshirani, 1996), by its subgradient.")
                .example("L1_weight=1e-5")
                .options(WEIGHT, ALL);
    }

    @Override
    public Expr penalty(RegularizerScope s) {
        return Weights.sum(s, s.value(ALL), weight -> sum(abs(weight))).times(s.option(WEIGHT));
    }
}
