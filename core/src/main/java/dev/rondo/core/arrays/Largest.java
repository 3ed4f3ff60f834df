package dev.rondo.core.arrays;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Shape;
import java.util.List;

/** The largest value over some axes; not-a-number if one is. */
final class Largest implements Instruction {
    private final Value in;
    private final Value out;
    private final Nest kept;
    private final Nest reduced;

    Largest(Value in, Value out, List<Axis> over) {
        this.in = in;
        this.out = out;
        Shape shape = in.shape;
        kept = new Nest(Layout.sizes(out.shape), Layout.strides(shape, out.shape.axes()));
        reduced = new Nest(over.stream().mapToInt(shape::size).toArray(), Layout.strides(shape, over));
    }

    @Override
    public void run() {
        float[] values = in.values();
        int terms = reduced.count();
        kept.start(0);
        for (int o = 0, count = kept.count(); o < count; o++) {
            float largest = Float.NEGATIVE_INFINITY;
            reduced.start(kept.at[0]);
            for (int term = 0; term < terms; term++) {
                largest = Math.max(largest, values[reduced.at[0]]);
                reduced.next();
            }
            if (out.scalar()) {
                out.number = largest;
            } else {
                out.values()[o] = largest;
            }
            kept.next();
        }
    }
}
