package dev.rondo.api.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Axes with their sizes, in the order in which they are stored.
 *
 * <p>Operands meet by axis name, so the order matters for storage and printing only. The sizes of
 * {@link Axis#TIME} and {@link Axis#BATCH} are {@link #DYNAMIC} while equations are traced.
 */
public final class Shape {
    /** Size of an axis that is known only when a program runs. */
    public static final int DYNAMIC = -1;

    private static final Shape SCALAR = new Shape(List.of(), List.of());

    private final List<Axis> axes;
    private final List<Integer> sizes;

    private Shape(List<Axis> axes, List<Integer> sizes) {
        this.axes = axes;
        this.sizes = sizes;
    }

    /** No axis at all: a double. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** One value per unit. */
    public static Shape vector(int width) {
        return SCALAR.plus(Axis.FEATURES, width);
    }

    /** A weight: {@code rows} meet the operand, {@code columns} are the result. */
    public static Shape matrix(int rows, int columns) {
        return SCALAR.plus(Axis.ROWS, rows).plus(Axis.COLUMNS, columns);
    }

    /** This shape with one more axis, stored innermost. */
    public Shape plus(Axis axis, int size) {
        if (has(axis)) {
            throw new ExpressionException("shape", "axis " + axis + " is already there: " + this);
        }
        if (size < 1 && size != DYNAMIC) {
            throw new ExpressionException("shape", "axis " + axis + " needs a size of at least 1, got " + size);
        }
        List<Axis> moreAxes = new ArrayList<>(axes);
        List<Integer> moreSizes = new ArrayList<>(sizes);
        moreAxes.add(axis);
        moreSizes.add(size);
        return new Shape(List.copyOf(moreAxes), List.copyOf(moreSizes));
    }

    /** This shape without {@code axis}; itself if the axis is not there. */
    public Shape minus(Axis axis) {
        int at = axes.indexOf(axis);
        if (at < 0) {
            return this;
        }
        List<Axis> fewerAxes = new ArrayList<>(axes);
        List<Integer> fewerSizes = new ArrayList<>(sizes);
        fewerAxes.remove(at);
        fewerSizes.remove(at);
        return new Shape(List.copyOf(fewerAxes), List.copyOf(fewerSizes));
    }

    /** This shape with another size of an axis that it has. */
    public Shape with(Axis axis, int size) {
        int at = axes.indexOf(axis);
        if (at < 0) {
            throw new ExpressionException("shape", "no axis " + axis + " in " + this);
        }
        List<Integer> changed = new ArrayList<>(sizes);
        changed.set(at, size);
        return new Shape(axes, List.copyOf(changed));
    }

    public boolean has(Axis axis) {
        return axes.contains(axis);
    }

    /**
     * Size of {@code axis}.
     *
     * @throws ExpressionException if this shape lacks the axis
     */
    public int size(Axis axis) {
        int at = axes.indexOf(axis);
        if (at < 0) {
            throw new ExpressionException("shape", "no axis " + axis + " in " + this);
        }
        return sizes.get(at);
    }

    /** Axes from outermost to innermost. */
    public List<Axis> axes() {
        return axes;
    }

    /** Number of values; only for shapes without dynamic axes. */
    public int length() {
        int length = 1;
        for (int size : sizes) {
            if (size == DYNAMIC) {
                throw new IllegalStateException("the size of " + this + " is not known yet");
            }
            length = Math.multiplyExact(length, size);
        }
        return length;
    }

    /**
     * The shape in which this and {@code other} meet: time and batch outermost, then this shape's axes, then the other's.
     *
     * @throws ExpressionException if an axis that both have differs in size
     */
    Shape meet(String operation, Shape other) {
        for (Axis axis : other.axes) {
            if (has(axis) && size(axis) != other.size(axis)) {
                throw new ExpressionException(operation, "right operand", axis, size(axis), other.size(axis));
            }
        }
        Shape met = SCALAR;
        for (Axis outer : List.of(Axis.TIME, Axis.BATCH)) {
            met = has(outer)
                    ? met.plus(outer, size(outer))
                    : other.has(outer) ? met.plus(outer, other.size(outer)) : met;
        }
        for (Shape each : List.of(this, other)) {
            for (Axis axis : each.axes) {
                met = met.has(axis) ? met : met.plus(axis, each.size(axis));
            }
        }
        return met;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && axes.equals(shape.axes) && sizes.equals(shape.sizes);
    }

    @Override
    public int hashCode() {
        return 31 * axes.hashCode() + sizes.hashCode();
    }

    @Override
    public String toString() {
        return axes.stream()
                .map(axis -> size(axis) == DYNAMIC ? axis.name() : axis + " " + size(axis))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
