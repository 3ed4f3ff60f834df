package dev.rondo.plugins.optim.regularizers;

import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.square;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.RegularizerScope;

/**
 * β mean((h[t] − h[t−1])²), h the output of the last recurrent layer before any dropout.
 *
 * <p>The mean is over units, rows, and the steps of a chunk from the second on, as in the authors' code: the change from one chunk to
 * the next does not count.
 */
@AutoService(Regularizer.class)
public final class TemporalActivationRegularizer implements Regularizer {
    private static final Option<Double> WEIGHT =
            Option.real("weight", 1).range(0, 1e6).doc("β, what the penalty is multiplied by; 1 in the paper.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("TAR")
                .summary("Squares of how much the last recurrent layer's outputs change from step to step.")
                .paper("1708.01009", "Revisiting Activation Regularization for Language RNNs")
                .example("TAR_weight=1")
                .options(WEIGHT);
    }

    @Override
    public Expr penalty(RegularizerScope s) {
        Expr h = Outputs.lastRecurrent(s).output();
        Expr follows = s.lag(s.valid(), 1); // 0 in a chunk's first step
        Expr changes = square(h.minus(s.lag(h, 1))).times(follows);
        Expr count = max(sum(follows, Axis.TIME, Axis.BATCH), 1).times(h.width());
        return sum(changes, Axis.TIME, Axis.BATCH, Axis.FEATURES).div(count).times(s.option(WEIGHT));
    }
}
