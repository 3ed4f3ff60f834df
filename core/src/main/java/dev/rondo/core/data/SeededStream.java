package dev.rondo.core.data;

import dev.rondo.api.expr.RandomStream;

/**
 * The numbers of SplitMix64 (Steele, Lea and Flood 2014), which depend on seed and name of the stream alone.
 *
 * <p>Only exactly specified arithmetic is used, so that a seed means the same series on every machine.
 */
public final class SeededStream implements RandomStream {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long position;
    private double spare = Double.NaN;

    private SeededStream(long start) {
        position = start;
    }

    /** Stream number {@code index} of {@code seed}; different indices give independent streams. */
    public static SeededStream of(long seed, long index) {
        return new SeededStream(mix(mix(seed + GOLDEN) + (index + 1) * GOLDEN));
    }

    @Override
    public double uniform() {
        position += GOLDEN;
        return (mix(position) >>> 11) * 0x1p-53;
    }

    /** Marsaglia's polar method. */
    @Override
    public double normal() {
        if (!Double.isNaN(spare)) {
            double second = spare;
            spare = Double.NaN;
            return second;
        }
        while (true) {
            double u = 2 * uniform() - 1;
            double v = 2 * uniform() - 1;
            double square = u * u + v * v;
            if (square > 0 && square < 1) {
                double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
                spare = v * factor;
                return u * factor;
            }
        }
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
