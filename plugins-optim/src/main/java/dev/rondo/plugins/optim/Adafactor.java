package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.mean;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;
import static dev.rondo.api.expr.Fn.sum;
import static dev.rondo.api.expr.Fn.zerosLike;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Keeps of the squared gradients of a matrix only sums over rows and over columns.
 *
 * <pre>
 * β̂ = 1 − t^−0.8
 * R ← β̂ R + (1 − β̂) Σ_columns (G² + ε₁)       C ← β̂ C + (1 − β̂) Σ_rows (G² + ε₁)       V = R C/ΣR
 * U = G/√V       U ← U/max(1, rms(U)/d)       θ ← θ − max(ε₂, rms(θ)) min(η, 1/√t) U
 * </pre>
 */
@AutoService(Optimizer.class)
public final class Adafactor implements Optimizer {
    private static final Option<Double> EPS =
            Option.real("eps", 0.001).range(0, 1).doc("ε₂, least size that a parameter counts with.");
    private static final Option<Double> CLIP = Option.real("clip", 1)
            .range(1e-9, Double.POSITIVE_INFINITY)
            .doc("d, root mean square above which a step is scaled down.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Adafactor")
                .summary("Adam-like steps with little memory.")
                .paper("1804.04235", "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost")
                .example("Adafactor_lr=0.01")
                .learningRate(0.01)
                .options(EPS, CLIP);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr squared = square(s.gradient()).plus(1e-30);
        Expr kept = oneMinus(pow(s.count(), -0.8)); // 0 in the first step
        Expr v;
        if (s.parameter().shape().has(Axis.ROWS)) {
            Expr rows = average(s, "R", sum(squared, Axis.COLUMNS), kept);
            Expr columns = average(s, "C", sum(squared, Axis.ROWS), kept);
            v = rows.div(sum(rows)).times(columns); // in this order nothing underflows
        } else {
            v = average(s, "V", squared, kept);
        }
        Expr u = s.gradient().div(sqrt(v));
        Expr step = max(rms(s.parameter()), s.option(EPS)).times(min(s.learningRate(), pow(s.count(), -0.5)));
        return s.parameter().minus(step.times(u).div(max(rms(u).div(s.option(CLIP)), 1)));
    }

    private static Expr average(OptimizerScope s, String name, Expr now, Expr kept) {
        return s.next(name, lerp(s.state(name, zerosLike(now)), now, oneMinus(kept)));
    }

    private static Expr rms(Expr x) {
        return sqrt(mean(square(x)));
    }
}
