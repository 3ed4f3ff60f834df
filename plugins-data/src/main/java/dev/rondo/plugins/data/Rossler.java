package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * The Rössler system, integrated by the classical Runge-Kutta method.
 *
 * <pre>
 * x' = −y − z
 * y' = x + a y
 * z' = b + z (x − c)
 * </pre>
 *
 * <p>Each series begins at a random point within 0.5 of (1, 1, 1); what comes before the attractor is left out. One turn takes about
 * six units of time, so a value is taken each tenth of a unit.
 */
@AutoService(SeriesSource.class)
public final class Rossler implements SeriesSource {
    private static final Option<Double> A = Option.real("a", 0.2).doc("How fast y grows.");
    private static final Option<Double> B = Option.real("b", 0.2).doc("What is added to z.");
    private static final Option<Double> C = Option.real("c", 5.7).doc("The x from which z grows.");
    private static final Option<Integer> EVERY = Orbit.every(10);
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.1);

    @Override
    public Descriptor describe() {
        return Descriptor.of("rossler")
                .summary("The chaotic Rössler system in x, y and z, a value each 0.1 units of time.")
                .paper("Rössler 1976", "An Equation for Continuous Chaos")
                .example("rossler_columns=x")
                .options(A, B, C, Orbit.STEP, EVERY, Orbit.SKIP, Orbit.COLUMNS, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public boolean wantsScaling() {
        return true;
    }

    @Override
    public Series open(SourceScope s) {
        return Orbit.series(s, EVERY, NOISE_RANGE, field(s.value(A), s.value(B), s.value(C)));
    }

    static Orbit.Field field(double a, double b, double c) {
        return (p, slope) -> {
            slope[0] = -p[1] - p[2];
            slope[1] = p[0] + a * p[1];
            slope[2] = b + p[2] * (p[0] - c);
        };
    }
}
