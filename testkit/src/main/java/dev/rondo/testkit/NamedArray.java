package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import java.util.List;

/**
 * Dual numbers on named axes: values and their derivatives along one direction.
 *
 * @param axes from outermost to innermost
 * @param sizes of the axes
 * @param value row-major
 * @param tangent derivative of each value along the direction of the evaluation; zero where there is none
 */
public record NamedArray(List<Axis> axes, int[] sizes, double[] value, double[] tangent) {
    public NamedArray {
        axes = List.copyOf(axes);
    }

    /** Zeros. */
    static NamedArray zero(List<Axis> axes, int... sizes) {
        int length = 1;
        for (int size : sizes) {
            length *= size;
        }
        return new NamedArray(axes, sizes, new double[length], new double[length]);
    }

    static NamedArray scalar(double value) {
        NamedArray scalar = zero(List.of());
        scalar.value[0] = value;
        return scalar;
    }

    /** Number of values. */
    public int length() {
        return value.length;
    }

    /** Size of {@code axis}, 1 if it is not there. */
    int size(Axis axis) {
        int at = axes.indexOf(axis);
        return at < 0 ? 1 : sizes[at];
    }

    /** Distance in storage of two neighbours along {@code axis}, 0 if it is not there: a value is the same all along it. */
    int stride(Axis axis) {
        int at = axes.indexOf(axis);
        if (at < 0) {
            return 0;
        }
        int stride = 1;
        for (int i = at + 1; i < sizes.length; i++) {
            stride *= sizes[i];
        }
        return stride;
    }

    /** Position along {@code axis} of the element stored at {@code index}, 0 if the axis is not there. */
    int position(Axis axis, int index) {
        int stride = stride(axis);
        return stride == 0 ? 0 : index / stride % size(axis);
    }

    /** For each element of this array, where {@code source} keeps what belongs to it, meeting by axis name. */
    int[] places(NamedArray source) {
        int[] strides = new int[sizes.length];
        for (int i = 0; i < strides.length; i++) {
            strides[i] = source.stride(axes.get(i));
        }
        int[] places = new int[value.length];
        int[] counter = new int[sizes.length];
        int place = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = place;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                place += strides[axis];
                if (++counter[axis] < sizes[axis]) {
                    break;
                }
                place -= strides[axis] * sizes[axis];
                counter[axis] = 0;
            }
        }
        return places;
    }

    /** Copies one dual number. */
    void set(int index, NamedArray source, int from) {
        value[index] = source.value[from];
        tangent[index] = source.tangent[from];
    }

    /** Sets one dual number to zero. */
    void clear(int index) {
        value[index] = 0;
        tangent[index] = 0;
    }
}
