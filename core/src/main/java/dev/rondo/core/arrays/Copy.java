package dev.rondo.core.arrays;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Shape;
import java.util.Arrays;
import java.util.List;

/** Copies values to where their axes lie in another array: broadcasts, transposes, slices and concatenations. */
final class Copy implements Instruction {
    private final Value from;
    private final Value to;
    private final int fromOffset;
    private final int toOffset;
    private final Nest outer;
    private final int length;
    private final int fromStride;
    private final int toStride;

    private Copy(Value from, int fromOffset, int[] fromStrides, Value to, int toOffset, int[] toStrides, int[] sizes) {
        this.from = from;
        this.to = to;
        this.fromOffset = fromOffset;
        this.toOffset = toOffset;
        int last = sizes.length - 1;
        length = sizes[last];
        fromStride = fromStrides[last];
        toStride = toStrides[last];
        outer = new Nest(head(sizes), head(fromStrides), head(toStrides));
    }

    /** Repeats and reorders axes until the value lies as {@code to}. */
    static Copy broadcast(Value from, Value to) {
        List<Axis> axes = to.shape.axes();
        return new Copy(
                from,
                0,
                Layout.strides(from.shape, axes),
                to,
                0,
                Layout.strides(to.shape, axes),
                Layout.sizes(to.shape));
    }

    static Copy transpose(Value from, Value to) {
        List<Axis> axes = to.shape.axes();
        int[] strides = axes.stream()
                .mapToInt(axis -> Layout.stride(from.shape, exchanged(axis)))
                .toArray();
        return new Copy(from, 0, strides, to, 0, Layout.strides(to.shape, axes), Layout.sizes(to.shape));
    }

    /** The features of {@code to} are those of {@code from} from {@code first} on. */
    static Copy slice(Value from, Value to, int first) {
        List<Axis> axes = to.shape.axes();
        int offset = first * Layout.stride(from.shape, Axis.FEATURES);
        return new Copy(
                from,
                offset,
                Layout.strides(from.shape, axes),
                to,
                0,
                Layout.strides(to.shape, axes),
                Layout.sizes(to.shape));
    }

    /** Puts {@code from} among the features of {@code to}, from {@code first} on. */
    static Copy part(Value from, Value to, int first) {
        List<Axis> axes = to.shape.axes();
        Shape part = to.shape.with(Axis.FEATURES, from.shape.size(Axis.FEATURES));
        int offset = first * Layout.stride(to.shape, Axis.FEATURES);
        return new Copy(
                from,
                0,
                Layout.strides(from.shape, axes),
                to,
                offset,
                Layout.strides(to.shape, axes),
                Layout.sizes(part));
    }

    @Override
    public void run() {
        float[] source = from.values();
        float[] target = to.values();
        outer.start(fromOffset, toOffset);
        for (int n = outer.count(); n > 0; n--) {
            int i = outer.at[0];
            int o = outer.at[1];
            if (fromStride == 1 && toStride == 1) {
                System.arraycopy(source, i, target, o, length);
            } else {
                for (int k = 0; k < length; k++) {
                    target[o + k * toStride] = source[i + k * fromStride];
                }
            }
            outer.next();
        }
    }

    private static Axis exchanged(Axis axis) {
        return axis.equals(Axis.ROWS) ? Axis.COLUMNS : axis.equals(Axis.COLUMNS) ? Axis.ROWS : axis;
    }

    private static int[] head(int[] all) {
        return Arrays.copyOf(all, all.length - 1);
    }
}
