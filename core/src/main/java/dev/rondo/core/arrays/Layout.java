package dev.rondo.core.arrays;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Shape;
import java.util.List;

/** How named axes lie in a row-major array. */
final class Layout {
    private Layout() {}

    /** Floats from one position of {@code axis} to the next; 0 where the shape lacks the axis. */
    static int stride(Shape shape, Axis axis) {
        int stride = 1;
        List<Axis> axes = shape.axes();
        for (int i = axes.size() - 1; i >= 0; i--) {
            if (axes.get(i).equals(axis)) {
                return stride;
            }
            stride *= shape.size(axes.get(i));
        }
        return 0;
    }

    static int[] strides(Shape shape, List<Axis> axes) {
        return axes.stream().mapToInt(axis -> stride(shape, axis)).toArray();
    }

    static int[] sizes(Shape shape) {
        return shape.axes().stream().mapToInt(shape::size).toArray();
    }
}
