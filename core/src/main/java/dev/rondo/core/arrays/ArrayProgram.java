package dev.rondo.core.arrays;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.kernels.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Equations over values of fixed shape, compiled: parameters, their gradients, weights made of them, single numbers, and all that
 * one step of a model computes for a known number of rows.
 *
 * <p>Values with axes are float arrays in the order of their shape's axes; values without are double and rounded once, where
 * they meet an axis. Sums run in double and in a fixed order. Equal sub-expressions are computed once. A program keeps its
 * buffers, so that a run allocates nothing; it serves one thread at a time.
 *
 * <p>Every leaf but constants and options must be bound once before the first run.
 */
public final class ArrayProgram {
    private final Map<Expr, Value> leaves;
    private final List<Value> training;
    private final List<Value> outputs;
    private final Value[] bound;
    private final Instruction[] instructions; // an array, as walking over a list takes an iterator

    ArrayProgram(Map<Expr, Value> leaves, List<Value> training, List<Value> outputs, List<Instruction> instructions) {
        this.leaves = new LinkedHashMap<>(leaves);
        this.training = List.copyOf(training);
        this.outputs = List.copyOf(outputs);
        this.bound = leaves.values().toArray(Value[]::new);
        this.instructions = instructions.toArray(Instruction[]::new);
    }

    /** A program for {@code outputs}. */
    public static ArrayProgram compile(Kernels kernels, List<Expr> outputs) {
        return compile(kernels, outputs, Set.of());
    }

    /**
     * A program for {@code outputs}.
     *
     * @param given nodes whose values the caller binds although they have operands; compared by identity, as {@link Expr} is
     * @throws IllegalArgumentException if the equations need time, or an axis whose size is not known
     */
    public static ArrayProgram compile(Kernels kernels, List<Expr> outputs, Set<Expr> given) {
        return new Compiler(kernels, given).compile(outputs);
    }

    /** The leaves to be bound, without {@link Op#TRAINING}. */
    public Set<Expr> leaves() {
        return Set.copyOf(leaves.keySet());
    }

    /**
     * Lets the program read {@code values} at the start of each run.
     *
     * @param values kept, not copied; a leaf without axes reads the first; ignored if the program does not need the leaf
     */
    public void bind(Expr leaf, float[] values) {
        Value value = leaves.get(leaf);
        if (value == null) {
            return;
        }
        if (values.length != value.length()) {
            throw new IllegalArgumentException(leaf + " needs " + value.length() + " values, got " + values.length);
        }
        if (value.scalar()) {
            value.source = values;
        } else {
            value.array = values;
        }
    }

    /** Sets the value of a leaf without axes for the runs to come; ignored if the program does not need the leaf. */
    public void bind(Expr leaf, double number) {
        if (!leaf.shape().axes().isEmpty()) {
            throw new IllegalArgumentException(leaf + " is an array, not a number");
        }
        Value value = leaves.get(leaf);
        if (value != null) {
            value.source = null;
            value.number = number;
        }
    }

    /** What {@link Op#TRAINING} means for the runs to come; evaluation at first. */
    public void training(boolean on) {
        for (Value value : training) {
            value.number = on ? 1 : 0;
        }
    }

    /** Computes all outputs. */
    public void run() {
        for (Value value : bound) {
            float[] source = value.source;
            if (source != null) {
                value.number = source[0];
            }
        }
        for (Instruction instruction : instructions) {
            instruction.run();
        }
    }

    /** The array of output {@code i}, to be read only and until the next run. */
    public float[] array(int i) {
        return outputs.get(i).values();
    }

    /** The value of output {@code i}, which has no axes. */
    public double number(int i) {
        if (!outputs.get(i).scalar()) {
            throw new IllegalArgumentException("output " + i + " is an array " + outputs.get(i).shape);
        }
        return outputs.get(i).number;
    }

    /** Copies output {@code i} to {@code target}; a number goes to its first place, rounded. */
    public void copy(int i, float[] target) {
        Value output = outputs.get(i);
        if (output.scalar()) {
            target[0] = (float) output.number;
        } else {
            System.arraycopy(output.values(), 0, target, 0, output.length());
        }
    }
}
