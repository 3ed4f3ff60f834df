package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.random.CounterRandom;
import dev.rondo.core.random.KeyedStream;
import java.util.List;

/**
 * Gives parameters and buffers their first values.
 *
 * <p>What an array gets depends on the seed and on its name alone, so that one more layer leaves the others as they were.
 */
public final class Initialiser {
    private Initialiser() {}

    /** The first values of {@code arrays}, in their order, constraints applied. */
    public static float[][] fill(Kernels kernels, List<? extends Stored> arrays, long seed) {
        float[][] values = new float[arrays.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = fill(kernels, arrays.get(i), seed);
        }
        return values;
    }

    private static float[] fill(Kernels kernels, Stored array, long seed) {
        float[] values = new float[array.length()];
        KeyedStream random = new KeyedStream(CounterRandom.key(seed, array.name()));
        array.init().fill(values, array.shape(), random);
        Expr constraint = array instanceof Parameter parameter ? parameter.constraint() : null;
        if (constraint != null) {
            ArrayProgram program = ArrayProgram.compile(kernels, List.of(constraint));
            program.bind(array.leaf(), values);
            program.run();
            program.copy(0, values);
        }
        return values;
    }
}
