package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * Three sine waves of 60, 120 and 180 steps, or of 60, 30 and 20 with {@code harmonics=true}.
 *
 * <p>s(t) = ⅓ Σ sin(2π (t + p) / (60 j)) for j = 1, 2, 3; with harmonics the wave is sin(2π j (t + p) / 60).
 *
 * <p>The phase p is a random whole number from 0 to 59 for each series.
 */
@AutoService(SeriesSource.class)
public final class Sine3 implements SeriesSource {
    @Override
    public Descriptor describe() {
        return Waves.describe(3, "Three sine waves of 60, 120 and 180 steps, or of 60, 30 and 20.");
    }

    @Override
    public Series open(SourceScope s) {
        return Waves.open(s, 3);
    }
}
