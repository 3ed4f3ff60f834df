package dev.rondo.plugins.data;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SourceScope;

/** The equation of sine_1, sine_2 and sine_3. */
final class Waves {
    static final Option<Integer> WAVELENGTH = Option.whole("wavelength", 60)
            .range(2, 1_000_000)
            .doc("Steps of the first wave; each series starts at a random whole step of it.");
    static final Option<Boolean> HARMONICS = Option.flag("harmonics", false)
            .doc("Shortens the further waves (1/2, 1/3) instead of lengthening them (2, 3).");
    static final Option<Double> NOISE_RANGE = Generated.noiseRange(0.1);

    private Waves() {}

    static Descriptor describe(int waves, String summary) {
        String name = "sine_" + waves;
        Descriptor described = Descriptor.of(name)
                .summary(summary)
                .standard("Mean of sine waves")
                .example(name)
                .options(WAVELENGTH, Generated.NOISE, NOISE_RANGE);
        return waves == 1 ? described : described.options(HARMONICS);
    }

    static Series open(SourceScope s, int waves) {
        int wavelength = s.value(WAVELENGTH);
        boolean harmonics = waves > 1 && s.value(HARMONICS);
        return Generated.series(s, "value", NOISE_RANGE, (random, length) -> {
            int phase = (int) (random.uniform() * wavelength);
            double[] values = new double[length];
            for (int t = 0; t < length; t++) {
                values[t] = value(waves, wavelength, harmonics, phase + t);
            }
            return values;
        });
    }

    /** Mean of {@code waves} sines at step {@code x}. */
    static double value(int waves, int wavelength, boolean harmonics, int x) {
        double sum = 0;
        for (int j = 1; j <= waves; j++) {
            sum += StrictMath.sin(2 * Math.PI * x * (harmonics ? j : 1.0 / j) / wavelength);
        }
        return sum / waves;
    }
}
