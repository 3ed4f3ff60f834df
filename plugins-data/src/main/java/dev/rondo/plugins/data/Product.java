package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.List;

/**
 * The product of two numbers: what additive units must approximate, and a sum of logarithms says exactly.
 *
 * <p>At each step a model reads x and y, both uniform in the range, and gives x·y of the same step; steps have nothing to do with
 * each other.
 */
@AutoService(SeriesSource.class)
public final class Product implements SeriesSource {
    private static final Option<Double> LOW =
            Option.real("low", 0.1).range(-1e3, 1e3).doc("Least value of x and y.");
    private static final Option<Double> HIGH =
            Option.real("high", 2).range(-1e3, 1e3).doc("Greatest value of x and y.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("product")
                .summary("The product of two independent random numbers, at each step anew.")
                .paper("1602.01321", "A continuum among logarithmic, linear, and exponential functions")
                .example("product_low=-1_high=1")
                .options(LOW, HIGH);
    }

    @Override
    public Series open(SourceScope s) {
        double low = s.value(LOW);
        double range = s.value(HIGH) - low;
        s.require(range > 0, "needs low below high");
        float[][][] values = new float[s.series()][s.length() - 1][3];
        for (int i = 0; i < values.length; i++) {
            RandomStream random = s.random(i);
            for (float[] row : values[i]) {
                double x = low + range * random.uniform();
                double y = low + range * random.uniform();
                row[0] = (float) x;
                row[1] = (float) y;
                row[2] = (float) (x * y);
            }
        }
        return new Series(List.of("x", "y", "xy"), List.of("x", "y"), List.of("xy"), values, new double[0], List.of())
                .atTheSameStep();
    }
}
