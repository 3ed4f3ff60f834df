package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;

/**
 * A sine wave of 60 steps.
 *
 * <p>s(t) = sin(2π (t + p) / 60)
 *
 * <p>The phase p is a random whole number from 0 to 59 for each series.
 */
@AutoService(SeriesSource.class)
public final class Sine1 implements SeriesSource {
    @Override
    public Descriptor describe() {
        return Waves.describe(1, "A sine wave of 60 steps.");
    }

    @Override
    public Series open(SourceScope s) {
        return Waves.open(s, 1);
    }
}
