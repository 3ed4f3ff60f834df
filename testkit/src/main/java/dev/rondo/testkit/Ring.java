package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import java.util.ArrayList;
import java.util.List;

/**
 * The last values of one state or history, oldest first; a value that never changes.
 *
 * @param values each [batch, features]
 */
record Ring(List<NamedArray> values) {
    Ring {
        values = List.copyOf(values);
    }

    /** From [steps, batch, width], row-major. */
    static Ring of(int steps, int batch, int width, double[] value, double[] tangent) {
        List<NamedArray> values = new ArrayList<>();
        for (int s = 0; s < steps; s++) {
            NamedArray each = NamedArray.zero(List.of(Axis.BATCH, Axis.FEATURES), batch, width);
            System.arraycopy(value, s * batch * width, each.value(), 0, batch * width);
            System.arraycopy(tangent, s * batch * width, each.tangent(), 0, batch * width);
            values.add(each);
        }
        return new Ring(values);
    }

    /** The value of {@code steps} steps ago; 1 is the newest. */
    NamedArray ago(int steps) {
        return values.get(values.size() - steps);
    }

    /** This ring with {@code newest} as its last value, and without its first; unchanged in rows that have ended. */
    Ring pushed(NamedArray newest, int step, Setting setting) {
        List<NamedArray> moved = new ArrayList<>();
        for (int s = 0; s < values.size(); s++) {
            NamedArray old = values.get(s);
            NamedArray now = s + 1 < values.size() ? values.get(s + 1) : newest;
            NamedArray next = NamedArray.zero(old.axes(), old.sizes());
            int[] places = next.places(now);
            for (int i = 0; i < next.length(); i++) {
                boolean valid = setting.valid(step, next.position(Axis.BATCH, i));
                next.set(i, valid ? now : old, valid ? places[i] : i);
            }
            moved.add(next);
        }
        return new Ring(moved);
    }

    /** All values as [steps, batch, width], row-major. */
    double[] flat() {
        int length = values.get(0).length();
        double[] flat = new double[values.size() * length];
        for (int s = 0; s < values.size(); s++) {
            System.arraycopy(values.get(s).value(), 0, flat, s * length, length);
        }
        return flat;
    }
}
