package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * Two sine waves of 60 and 120 steps, or of 60 and 30 with {@code harmonics=true}.
 *
 * <p>s(t) = ½ (sin(2π (t + p) / 60) + sin(2π (t + p) / 120)); with harmonics the second has 2 (t + p) / 60.
 *
 * <p>The phase p is a random whole number from 0 to 59 for each series.
 */
@AutoService(SeriesSource.class)
public final class Sine2 implements SeriesSource {
    @Override
    public Descriptor describe() {
        return Waves.describe(2, "Two sine waves of 60 and 120 steps, or of 60 and 30.");
    }

    @Override
    public Series open(SourceScope s) {
        return Waves.open(s, 2);
    }
}
