package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * The Lorenz system, integrated by the classical Runge-Kutta method.
 *
 * <pre>
 * x' = σ (y − x)
 * y' = x (ρ − z) − y
 * z' = x y − β z
 * </pre>
 *
 * <p>Each series begins at a random point within 0.5 of (1, 1, 1); what comes before the attractor is left out.
 */
@AutoService(SeriesSource.class)
public final class Lorenz implements SeriesSource {
    private static final Option<Double> SIGMA = Option.real("sigma", 10).doc("The Prandtl number σ.");
    private static final Option<Double> RHO =
            Option.real("rho", 28).doc("The Rayleigh number ρ, over its critical value.");
    private static final Option<Double> BETA = Option.real("beta", 8.0 / 3).doc("The aspect β of the rolls.");
    private static final Option<Integer> EVERY = Orbit.every(2);
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.1);

    @Override
    public Descriptor describe() {
        return Descriptor.of("lorenz")
                .summary("The chaotic Lorenz system in x, y and z, a value each 0.02 units of time.")
                .paper("Lorenz 1963", "Deterministic Nonperiodic Flow")
                .example("lorenz_columns=x")
                .options(SIGMA, RHO, BETA, Orbit.STEP, EVERY, Orbit.SKIP, Orbit.COLUMNS, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public boolean wantsScaling() {
        return true;
    }

    @Override
    public Series open(SourceScope s) {
        return Orbit.series(s, EVERY, NOISE_RANGE, field(s.value(SIGMA), s.value(RHO), s.value(BETA)));
    }

    static Orbit.Field field(double sigma, double rho, double beta) {
        return (p, slope) -> {
            slope[0] = sigma * (p[1] - p[0]);
            slope[1] = p[0] * (rho - p[2]) - p[1];
            slope[2] = p[0] * p[1] - beta * p[2];
        };
    }
}
