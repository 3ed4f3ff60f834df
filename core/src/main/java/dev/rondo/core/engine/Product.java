package dev.rondo.core.engine;

import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.PackedMatrix;
import dev.rondo.core.kernels.Plane;
import org.jspecify.annotations.Nullable;

/** Several products that share their operands, as one: each output is its addend plus the sum of the operands times weights. */
final class Product implements Instruction {
    private final Kernels kernels;
    private final PackedMatrix weights;
    private final Plane[] operands;
    private final Plane[] outputs;
    private final @Nullable Plane[] addends;

    Product(Kernels kernels, PackedMatrix weights, Plane[] operands, Plane[] outputs, @Nullable Plane[] addends) {
        this.kernels = kernels;
        this.weights = weights;
        this.operands = operands;
        this.outputs = outputs;
        this.addends = addends;
    }

    @Override
    public void run(int firstStep, int steps, int firstRow, int rows) {
        kernels.product(weights, operands, outputs, addends, firstStep, steps, firstRow, rows);
    }
}
