package dev.rondo.testkit;

import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;

/**
 * The numbers that a model can be differentiated by; also a direction in their space, and a gradient.
 *
 * @param parameters values in the order of the model's stored arrays; of a gradient those of its parameters
 * @param input [time, batch, features]
 * @param states values in the order of the model's states, each [steps, batch, width]
 */
public record Point(double[][] parameters, double[] input, double[][] states) {
    /** The point that an engine is given as floats. */
    public static Point of(float[][] parameters, Sequences input, ModelState state) {
        double[][] states = new double[state.slots().size()][];
        for (int i = 0; i < states.length; i++) {
            states[i] = doubles(state.values(i));
        }
        return new Point(doubles(parameters), doubles(input.values()), states);
    }

    /** Zeros in the form of this point. */
    public Point zero() {
        return new Point(zeros(parameters), new double[input.length], zeros(states));
    }

    /** This point moved by {@code size} along {@code direction}. */
    public Point plus(Point direction, double size) {
        return new Point(
                plus(parameters, direction.parameters, size),
                plus(new double[][] {input}, new double[][] {direction.input}, size)[0],
                plus(states, direction.states, size));
    }

    /** The same in double precision. */
    public static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double[][] doubles(float[][] values) {
        double[][] doubles = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = doubles(values[i]);
        }
        return doubles;
    }

    private static double[][] zeros(double[][] like) {
        double[][] zeros = new double[like.length][];
        for (int i = 0; i < like.length; i++) {
            zeros[i] = new double[like[i].length];
        }
        return zeros;
    }

    private static double[][] plus(double[][] from, double[][] direction, double size) {
        double[][] moved = new double[from.length][];
        for (int i = 0; i < from.length; i++) {
            moved[i] = from[i].clone();
            for (int k = 0; k < moved[i].length; k++) {
                moved[i][k] += size * direction[i][k];
            }
        }
        return moved;
    }
}
