package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.clamp;
import static dev.rondo.api.expr.Fn.expm1;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.log1p;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.min;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;

/**
 * A function with a trained α per unit, from the logarithm over the identity to the exponential.
 *
 * <pre>
 * α &lt; 0:  −ln(1 − α (x + α))/α        α = 0:  x        α &gt; 0:  (exp(α x) − 1)/α + α
 * </pre>
 *
 * <p>α stays within ±1 and starts at 0. Near 0 both formulas cancel, so their common series takes over, the input of its
 * corrections bounded by 1000. Left of its domain, where 1 − α (x + α) is below 0.001, the logarithm goes on as its tangent:
 * values and gradients stay finite. The exponent is bounded by 80. Each branch sees operands that are safe for it, since a
 * branch not taken is still computed.
 */
@AutoService(Activation.class)
public final class SoftExponential implements Activation {
    private static final double SMALL = 1e-3; // |α| of the series, and least argument of the logarithm

    @Override
    public Descriptor describe() {
        return Descriptor.of("SoftExponential")
                .summary("Between logarithm, identity and exponential, by a trained number per unit.")
                .paper("1602.01321", "A continuum among logarithmic, linear, and exponential functions");
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        Expr a = s.vector("alpha", x.width(), Init.ZEROS);
        s.constrain(a, clamp(a, -1, 1));
        Expr b = clamp(x, -1000, 1000);
        Expr c = b.times(square(b)).div(6);
        Expr bend = square(b).div(2).plus(1).plus(a.times(select(less(a, 0), b.plus(c.times(2)), c)));
        Expr series = x.plus(a.times(bend));
        Expr q = select(less(a, 0), min(a, -SMALL), max(a, SMALL));
        Expr right = expm1(min(q.times(x), 80)).div(q).plus(q);
        Expr u = q.times(x.plus(q)).unaryMinus();
        Expr log = log1p(max(u, SMALL - 1)).plus(min(u.minus(SMALL - 1), 0).div(SMALL));
        return select(less(abs(a), SMALL), series, select(less(a, 0), log.div(q).unaryMinus(), right));
    }
}
