package dev.rondo.core.engine;

import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.Plane;
import dev.rondo.core.kernels.StripOp;
import java.util.List;

/** Elementwise instructions that run one after the other over strips short enough to stay in the cache. */
final class Strips implements Instruction {
    private static final int LENGTH = 1024;

    /**
     * One elementwise operation.
     *
     * @param operands at most four, in the order of the operation
     */
    record One(StripOp op, Plane out, List<Plane> operands, float s, float t) {}

    private final Kernels kernels;
    private final int rowStride;
    private final int count;
    private final StripOp[] ops;
    private final Plane[] out;
    private final Plane[] a;
    private final Plane[] b;
    private final Plane[] c;
    private final Plane[] d;
    private final float[] s;
    private final float[] t;
    private final int contiguous;

    Strips(Kernels kernels, List<One> ones, int rowStride, int batch) {
        this.kernels = kernels;
        this.rowStride = rowStride;
        count = ones.size();
        ops = new StripOp[count];
        out = new Plane[count];
        a = new Plane[count];
        b = new Plane[count];
        c = new Plane[count];
        d = new Plane[count];
        s = new float[count];
        t = new float[count];
        boolean dense = true;
        for (int i = 0; i < count; i++) {
            One one = ones.get(i);
            ops[i] = one.op();
            out[i] = one.out();
            a[i] = operand(one, 0);
            b[i] = operand(one, 1);
            c[i] = operand(one, 2);
            d[i] = operand(one, 3);
            s[i] = one.s();
            t[i] = one.t();
            for (Plane plane : List.of(out[i], a[i], b[i], c[i], d[i])) {
                dense &= plane.stepStride() == batch * rowStride;
            }
        }
        contiguous = dense ? batch : 0;
    }

    private static Plane operand(One one, int i) {
        return i < one.operands().size() ? one.operands().get(i) : one.out();
    }

    @Override
    public void run(int firstStep, int steps, int firstRow, int rows) {
        if (rows == contiguous) { // whole steps lie behind each other
            run(firstStep, 0, steps * rows * rowStride);
            return;
        }
        for (int step = firstStep; step < firstStep + steps; step++) {
            run(step, firstRow * rowStride, rows * rowStride);
        }
    }

    private void run(int step, int from, int length) {
        for (int done = 0; done < length; done += LENGTH) {
            int n = Math.min(LENGTH, length - done);
            int at = from + done;
            for (int i = 0; i < count; i++) {
                kernels.strip(
                        ops[i],
                        n,
                        out[i].array(),
                        out[i].at(step, 0) + at,
                        a[i].array(),
                        a[i].at(step, 0) + at,
                        b[i].array(),
                        b[i].at(step, 0) + at,
                        c[i].array(),
                        c[i].at(step, 0) + at,
                        d[i].array(),
                        d[i].at(step, 0) + at,
                        s[i],
                        t[i]);
            }
        }
    }
}
