package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.exp;
import static dev.rondo.api.expr.Fn.slice;
import static dev.rondo.api.expr.Term.full;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Complex;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Linear recurrent unit: complex exponentials that decay and turn, without any gate.
 *
 * <pre>
 * λ  = exp(−exp(ν) + i exp(θ))
 * h' = λ ⊙ h + exp(γ) ⊙ (x B)
 * y  = Re(h' C) + d ⊙ x
 * </pre>
 *
 * <p>Shapes: x and y [batch, D], h complex [batch, H], kept as two real states; B [D, H] and C [H, D] complex, θ [H],
 * ring [2 H] ν and behind it γ, d [D]. |λ|² starts uniform in r-min² to r-max², the angle in 0 to max-phase, γ at log √(1 − |λ|²), from
 * where it is trained by itself. ν and γ are one parameter because they start from one draw.
 */
@AutoService(Layer.class)
public final class Lru implements Cell {
    private static final Option<Double> R_MIN =
            Option.real("r-min", 0).range(0, 1).doc("Least absolute value of λ at first.");
    private static final Option<Double> R_MAX =
            Option.real("r-max", 1).range(0, 1).doc("Largest absolute value of λ at first.");
    private static final Option<Double> MAX_PHASE =
            Option.real("max-phase", 2 * Math.PI).range(1e-06, 6.2831853072).doc("Largest angle of λ at first.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("LRU")
                .summary("Linear recurrent unit with complex states.")
                .paper("2303.06349", "Resurrecting Recurrent Neural Networks for Long Sequences")
                .example("LRU_16")
                .size(Descriptor.Size.REQUIRED)
                .options(R_MIN, R_MAX, MAX_PHASE);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        int n = s.units();
        double low = s.value(R_MIN) * s.value(R_MIN);
        double high = s.value(R_MAX) * s.value(R_MAX);
        s.require(low <= high, "needs r-min of at most r-max");
        Init both = (values, shape, random) -> {
            for (int j = 0; j < n; j++) {
                double square = clamped(low + (high - low) * random.uniform());
                values[j] = (float) Math.log(-0.5 * Math.log(square));
                values[n + j] = (float) (0.5 * Math.log(1 - square));
            }
        };
        Init theta = Init.each((j, random) -> Math.log(clamped(random.uniform()) * s.value(MAX_PHASE)));
        Expr ring = s.vector("ring", 2 * n, both);
        Expr decay = exp(slice(ring, 0, n));
        Complex lambda = Complex.polar(exp(decay.unaryMinus()), exp(s.vector("theta", n, theta)));
        Expr norm = exp(slice(ring, n, 2 * n));
        Init in = Init.normal(1 / Math.sqrt(2.0 * x.width()));
        Init out = Init.normal(1 / Math.sqrt(n));
        Complex fed = new Complex(s.linear("b.re", full(x, in)), s.linear("b.im", full(x, in)));
        Complex h = new Complex(s.state("re"), s.state("im")).times(lambda).plus(fed.times(norm));
        Expr re = s.linear("c.re", x.width(), full(s.next("re", h.re()), out));
        Expr im = s.linear("c.im", x.width(), full(s.next("im", h.im()), out));
        return re.minus(im).plus(x.times(s.vector("d", x.width(), Init.normal(1))));
    }

    /** Away from 0 and 1, where the logarithms end. */
    private static double clamped(double share) {
        return Math.min(Math.max(share, 1e-9), 1 - 1e-9);
    }
}
