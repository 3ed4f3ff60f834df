package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.erf;
import static dev.rondo.api.expr.Fn.square;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/**
 * The Gaussian error linear unit: x Φ(x), Φ the distribution function of the normal distribution.
 *
 * <p>{@code form=tanh} is the approximation ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), which differs by at most 4.8e-4.
 */
@AutoService(Activation.class)
public final class Gelu implements Activation {
    /** How Φ is computed. */
    enum Form {
        EXACT,
        TANH
    }

    private static final Option<Form> FORM =
            Option.choice("form", Form.EXACT).doc("By the error function, or by the approximation with tanh.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("GELU")
                .summary("x times the probability that a normal variable is below x.")
                .paper("1606.08415", "Gaussian Error Linear Units (GELUs)")
                .options(FORM);
    }

    @Override
    public Expr of(ActivationScope s, Expr x) {
        if (s.value(FORM) == Form.EXACT) {
            return x.times(erf(x.div(Math.sqrt(2))).plus(1)).div(2);
        }
        Expr inner = x.plus(x.times(square(x)).times(0.044715)).times(Math.sqrt(2 / Math.PI));
        return x.times(Fn.tanh(inner).plus(1)).div(2);
    }
}
