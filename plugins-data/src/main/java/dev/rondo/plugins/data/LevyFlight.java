package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * A walk whose steps have heavy tails: the running sum of α-stable noise, drawn by the method of Chambers, Mallows and Stuck.
 *
 * <p>With V uniform in (−π/2, π/2) and E exponential, for α ≠ 1: B = arctan(β tan(πα/2)) / α, S = (1 + β² tan²(πα/2))^(1/(2α)),
 * X = S sin(α(V+B)) / cos(V)^(1/α) · (cos(V − α(V+B)) / E)^((1−α)/α). For α = 1:
 * X = (2/π) [(π/2 + βV) tan V − β ln((π/2) E cos V / (π/2 + βV))]. A step is σX.
 *
 * <p>Each series leaves out a random number of first values, up to half of its length, and is shifted by −1.
 */
@AutoService(SeriesSource.class)
public final class LevyFlight implements SeriesSource {
    private static final Option<Double> ALPHA =
            Option.real("alpha", 1.8).range(0.1, 2).doc("How light the tails are; 2 is normal, with variance 2σ².");
    private static final Option<Double> BETA =
            Option.real("beta", 0).range(-1, 1).doc("Skewness of the steps.");
    private static final Option<Double> SIGMA =
            Option.real("sigma", 0.01).range(0, 1e6).doc("Size of the steps.");
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.01);

    @Override
    public Descriptor describe() {
        return Descriptor.of("levy_flight")
                .summary("A walk with heavy-tailed steps, whose best forecast is the last value.")
                .paper("Chambers, Mallows and Stuck 1976", "A method for simulating stable random variables")
                .example("levy_flight_alpha=1.5")
                .options(ALPHA, BETA, SIGMA, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public Series open(SourceScope s) {
        double alpha = s.value(ALPHA);
        double beta = s.value(BETA);
        double sigma = s.value(SIGMA);
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            int skipped = (int) (random.uniform() * (length / 2));
            double position = 0;
            double[] values = new double[length];
            for (int t = -skipped; t < length; t++) {
                position += sigma * step(random, alpha, beta);
                if (t >= 0) {
                    values[t] = position - 1;
                }
            }
            return values;
        });
    }

    private static double step(RandomStream random, double alpha, double beta) {
        // 1 − u lies in (0, 1], so that neither logarithm nor tangent meets 0 or −π/2.
        double v = Math.PI * (0.5 - random.uniform());
        double e = -StrictMath.log(1 - random.uniform());
        return stable(alpha, beta, v == Math.PI / 2 ? 0 : v, e == 0 ? Double.MIN_NORMAL : e);
    }

    /** The α-stable number that {@code v} in (−π/2, π/2) and {@code e} above 0 give. */
    static double stable(double alpha, double beta, double v, double e) {
        double half = Math.PI / 2;
        if (alpha == 1) {
            double slope = half + beta * v;
            return (slope * StrictMath.tan(v) - beta * StrictMath.log(half * e * StrictMath.cos(v) / slope)) / half;
        }
        double skew = beta * StrictMath.tan(half * alpha);
        double angle = alpha * (v + StrictMath.atan(skew) / alpha);
        double size = StrictMath.pow(1 + skew * skew, 1 / (2 * alpha));
        return size
                * StrictMath.sin(angle)
                / StrictMath.pow(StrictMath.cos(v), 1 / alpha)
                * StrictMath.pow(StrictMath.cos(v - angle) / e, (1 - alpha) / alpha);
    }
}
