package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A linear process with normal shocks: autoregression and moving average.
 *
 * <pre>
 * x(t) = c + Σ φ(i) x(t − i) + ε(t) + Σ θ(j) ε(t − j)
 * </pre>
 *
 * <p>Coefficients are given with that of the last value first. The start, zeros, is left behind: a thousand values and ten times the
 * longest lag are left out. A process that is not stationary has no such beginning and is refused.
 */
@AutoService(SeriesSource.class)
public final class Arma implements SeriesSource {
    private static final Option<String> AR =
            Option.text("ar", "1.79,-1.85,1.27,-0.41").doc("The φ, separated by commas, that of the last value first.");
    private static final Option<String> MA =
            Option.text("ma", "").doc("The θ, separated by commas, that of the last shock first; none if empty.");
    private static final Option<Double> CONSTANT = Option.real("constant", 0).doc("The constant c.");
    private static final Option<Double> STD =
            Option.real("std", 1).range(0, 1e6).doc("Standard deviation of the shocks ε.");
    private static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.1);

    @Override
    public Descriptor describe() {
        return Descriptor.of("arma")
                .summary("A linear process: autoregression and moving average of normal shocks.")
                .standard("Autoregressive moving-average process (Box and Jenkins)")
                .example("arma_ar=0.5,0.2_ma=0.4")
                .options(AR, MA, CONSTANT, STD, Generated.NOISE, NOISE_RANGE);
    }

    @Override
    public boolean wantsScaling() {
        return true;
    }

    @Override
    public Series open(SourceScope s) {
        double[] ar = numbers(s, AR);
        double[] ma = numbers(s, MA);
        s.require(stationary(ar), "ar=" + s.value(AR) + " is not stationary, its values would grow without bound");
        double constant = s.value(CONSTANT);
        double std = s.value(STD);
        int skipped = 1000 + 10 * Math.max(ar.length, ma.length);
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            double[] shocks = new double[skipped + length];
            for (int t = 0; t < shocks.length; t++) {
                shocks[t] = std * random.normal();
            }
            return Arrays.copyOfRange(process(ar, ma, constant, shocks), skipped, shocks.length);
        });
    }

    /** The values that these shocks give, with zeros before the first. */
    static double[] process(double[] ar, double[] ma, double constant, double... shocks) {
        double[] x = new double[shocks.length];
        for (int t = 0; t < x.length; t++) {
            x[t] = constant + shocks[t];
            for (int i = 1; i <= Math.min(t, ar.length); i++) {
                x[t] += ar[i - 1] * x[t - i];
            }
            for (int j = 1; j <= Math.min(t, ma.length); j++) {
                x[t] += ma[j - 1] * shocks[t - j];
            }
        }
        return x;
    }

    /**
     * Whether all roots of 1 − Σ φ(i) zⁱ lie outside of the unit circle: by the recursion of Levinson and Durbin backwards, in which
     * every last coefficient has to be less than 1 in size.
     */
    static boolean stationary(double... ar) {
        double[] phi = ar.clone();
        for (int order = phi.length; order > 0; order--) {
            double last = phi[order - 1];
            if (!(Math.abs(last) < 1)) {
                return false;
            }
            double[] shorter = new double[order - 1];
            for (int i = 0; i < order - 1; i++) {
                shorter[i] = (phi[i] + last * phi[order - 2 - i]) / (1 - last * last);
            }
            phi = shorter;
        }
        return true;
    }

    private static double[] numbers(SourceScope s, Option<String> option) {
        String text = s.value(option);
        if (text.isBlank()) {
            return new double[0];
        }
        try {
            return Stream.of(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException notANumber) {
            s.require(false, option.key() + "=" + text + " cannot be read, numbers separated by commas are needed");
            throw notANumber;
        }
    }
}
