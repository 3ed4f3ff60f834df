package dev.rondo.core.engine;

import dev.rondo.core.kernels.Plane;

/** Work on each row of each step by itself. */
@FunctionalInterface
interface Rows extends Instruction {
    /** Treats row {@code row} of step {@code step}. */
    void one(int step, int row);

    @Override
    default void run(int firstStep, int steps, int firstRow, int rows) {
        for (int step = firstStep; step < firstStep + steps; step++) {
            for (int row = firstRow; row < firstRow + rows; row++) {
                one(step, row);
            }
        }
    }

    /** Copies {@code count} features of each row. */
    static Rows copy(Plane in, int from, Plane out, int to, int count) {
        return (step, row) ->
                System.arraycopy(in.array(), in.at(step, row) + from, out.array(), out.at(step, row) + to, count);
    }
}
