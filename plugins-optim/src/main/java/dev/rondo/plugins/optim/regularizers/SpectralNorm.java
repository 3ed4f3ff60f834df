package dev.rondo.plugins.optim.regularizers;

import static dev.rondo.api.expr.Fn.matmul;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.norm;
import static dev.rondo.api.expr.Fn.square;
import static dev.rondo.api.expr.Fn.stopGradient;
import static dev.rondo.api.expr.Fn.sum;
import static dev.rondo.api.expr.Fn.transpose;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.RegularizerScope;

/**
 * λ/2 Σ σ(W)² over the weight matrices, σ the largest singular value.
 *
 * <p>One step of the power iteration for each chunk, from where the last one ended: u = Wv/‖Wv‖, v' = Wᵀu/‖Wᵀu‖,
 * σ = uᵀWv'. u and v are constants to differentiation, so the gradient is λ σ u vᵀ. It adds a penalty; dividing the
 * weights by σ is another method.
 */
@AutoService(Regularizer.class)
public final class SpectralNorm implements Regularizer {
    private static final double LEAST = 1e-12;
    private static final Option<Double> WEIGHT =
            Option.real("weight", 0.01).range(0, 1e6).doc("λ, what the penalty is multiplied by.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SpectralNorm")
                .summary("Squares of the largest singular values of all weights.")
                .paper("1705.10941", "Spectral Norm Regularization for Improving the Generalizability of Deep Learning")
                .example("SpectralNorm_weight=0.01")
                .options(WEIGHT);
    }

    @Override
    public Expr penalty(RegularizerScope s) {
        Expr total = Expr.of(0);
        for (RegularizerScope.Trained each : Weights.of(s, false)) {
            Expr w = each.value();
            Expr kept = s.buffer(each.name(), Shape.matrix(w.shape().size(Axis.COLUMNS), 1), Init.normal(1));
            Expr u = unit(matmul(w, kept));
            Expr v = unit(matmul(transpose(w), u));
            s.update(kept, v);
            total = total.plus(square(sum(stopGradient(u).times(matmul(w, stopGradient(v))))));
        }
        return total.times(s.option(WEIGHT)).times(0.5);
    }

    private static Expr unit(Expr x) {
        return x.div(max(norm(x), LEAST));
    }
}
