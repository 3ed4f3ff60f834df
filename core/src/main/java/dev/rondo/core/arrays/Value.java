package dev.rondo.core.arrays;

import dev.rondo.api.expr.Shape;
import org.jspecify.annotations.Nullable;

/** The place of one value of a program: an array, or a number where the shape has no axis. */
final class Value {
    final Shape shape;
    /** Null until compiling or binding gives the value its array. */
    float @Nullable [] array;

    double number;
    /** Whether the array is a scratch strip that a {@link StripGroup} goes through again and again. */
    boolean strip;

    /** Where the number comes from at the start of a run; null where it is computed or set. */
    float @Nullable [] source;

    private final int length;

    Value(Shape shape) {
        this.shape = shape;
        length = shape.length();
    }

    boolean scalar() {
        return shape.axes().isEmpty();
    }

    int length() {
        return length;
    }

    /** The array, whose absence would be a fault of the program. */
    float[] values() {
        float[] values = array;
        if (values == null) {
            throw new IllegalStateException("a value of shape " + shape + " has no array");
        }
        return values;
    }

    void allocate() {
        if (!scalar() && array == null) {
            array = new float[length()];
        }
    }
}
