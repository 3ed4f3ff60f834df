package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.random.CounterRandom;
import dev.rondo.core.random.KeyedStream;
import java.util.List;

/**
 * Gives parameters their first values.
 *
 * <p>What a parameter gets depends on the seed and on its name alone, so that one more layer leaves the others as they were.
 */
public final class Initialiser {
    private Initialiser() {}

    /** The first values of {@code parameters}, in their order, constraints applied. */
    public static float[][] fill(Kernels kernels, List<Parameter> parameters, long seed) {
        float[][] values = new float[parameters.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = fill(kernels, parameters.get(i), seed);
        }
        return values;
    }

    private static float[] fill(Kernels kernels, Parameter parameter, long seed) {
        float[] values = new float[parameter.length()];
        KeyedStream random = new KeyedStream(CounterRandom.key(seed, parameter.name()));
        parameter.init().fill(values, parameter.shape(), random);
        Expr constraint = parameter.constraint();
        if (constraint != null) {
            ArrayProgram program = ArrayProgram.compile(kernels, List.of(constraint));
            program.bind(parameter.leaf(), values);
            program.run();
            program.copy(0, values);
        }
        return values;
    }
}
