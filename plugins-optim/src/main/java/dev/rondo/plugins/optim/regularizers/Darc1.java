package dev.rondo.plugins.optim.regularizers;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.RegularizerScope;

/**
 * λ maxₖ Σ |hₖ|, h the outputs before a softmax, summed over all steps and rows of a chunk; at a tie the first output
 * has the gradient.
 */
@AutoService(Regularizer.class)
public final class Darc1 implements Regularizer {
    private static final Option<Double> WEIGHT =
            Option.real("weight", 1e-3).range(0, 1e6).doc("λ, what the penalty is multiplied by.");
    private static final Option<Boolean> MEAN = Option.flag("mean", true)
            .doc(
                    "The mean over steps and rows, as in the theory; the authors' code sums, so its λ depends on the batch.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("DARC1")
                .summary("The largest output on average, over all classes or targets.")
                .paper("1710.05468", "Generalization in Deep Learning")
                .example("DARC1_weight=1e-3")
                .options(WEIGHT, MEAN);
    }

    @Override
    public Expr penalty(RegularizerScope s) {
        Expr size = abs(s.output());
        Expr each = s.value(MEAN) ? mean(size, Axis.TIME, Axis.BATCH) : sum(size, Axis.TIME, Axis.BATCH);
        return max(each, Axis.FEATURES).times(s.option(WEIGHT));
    }
}
