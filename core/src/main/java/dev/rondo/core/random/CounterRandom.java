package dev.rondo.core.random;

import dev.rondo.api.expr.Draw;

/**
 * Random numbers as a function of a key and a counter, without any state.
 *
 * <p>Number {@code counter} of a key is that element of the SplitMix64 sequence (Steele, Lea and Flood 2014) which begins at
 * the key. Keys are made by hashing one part after the other: seed, layer, ordinal, epoch, step, row. Only exactly specified
 * arithmetic is used, so that a seed means the same numbers on every machine.
 */
public final class CounterRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double DOUBLE_UNIT = 0x1p-53;
    private static final float FLOAT_UNIT = 0x1p-24f;

    private CounterRandom() {}

    /** A key for one more part, such as the number of a step. */
    public static long key(long key, long part) {
        return mix(mix(key + GOLDEN) ^ mix(part * GOLDEN + 1));
    }

    /** A key for a named part, such as the path of a layer. */
    public static long key(long key, String part) {
        long named = key(key, part.length());
        for (int i = 0; i < part.length(); i++) {
            named = key(named, part.charAt(i));
        }
        return named;
    }

    /** 64 random bits. */
    public static long bits(long key, long counter) {
        return mix(key + (counter + 1) * GOLDEN);
    }

    /** Uniform in [0, 1), with 24 bits. */
    public static float uniform(long key, long counter) {
        return (bits(key, counter) >>> 40) * FLOAT_UNIT;
    }

    /** Uniform in [0, 1), with 53 bits. */
    public static double uniformDouble(long key, long counter) {
        return (bits(key, counter) >>> 11) * DOUBLE_UNIT;
    }

    /** Standard normal, by the formula of Box and Muller; a counter's numbers are independent of all others'. */
    public static double normal(long key, long counter) {
        double radius = 1 - uniformDouble(key, 2 * counter); // in (0, 1]
        double angle = 2 * Math.PI * uniformDouble(key, 2 * counter + 1);
        return Math.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(angle);
    }

    /** One draw from a distribution. */
    public static float draw(Draw draw, long key, long counter) {
        return switch (draw.kind()) {
            case BERNOULLI -> uniformDouble(key, counter) < draw.parameter() ? 1 : 0;
            case NORMAL -> (float) normal(key, counter);
            case HALF_NORMAL -> (float) Math.abs(normal(key, counter));
            case SIGN -> bits(key, counter) < 0 ? -1 : 1;
        };
    }

    /** Draws {@code n} values into {@code out} from {@code offset} on, with the counters {@code first}, {@code first + 1} … */
    public static void fill(Draw draw, long key, long first, float[] out, int offset, int n) {
        if (draw.kind() == Draw.Kind.BERNOULLI) { // the loop of every dropout, kept free of the switch
            double keep = draw.parameter();
            for (int i = 0; i < n; i++) {
                out[offset + i] = uniformDouble(key, first + i) < keep ? 1 : 0;
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            out[offset + i] = draw(draw, key, first + i);
        }
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
