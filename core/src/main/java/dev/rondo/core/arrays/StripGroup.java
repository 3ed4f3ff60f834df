package dev.rondo.core.arrays;

import dev.rondo.core.kernels.Kernels;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Elementwise instructions over arrays of one length, run strip by strip so that what only they read stays in the cache. */
final class StripGroup implements Instruction {
    /** Floats of a strip: some ten of them fit into the first cache. */
    static final int STRIP = 1024;

    private final Kernels kernels;
    private final Micro[] micros;
    private final int length;

    /**
     * @param inner values that nothing outside of the group reads
     * @param strips scratch strips, shared with other groups; more are added as needed
     */
    StripGroup(Kernels kernels, List<Micro> micros, Set<Value> inner, List<float[]> strips) {
        this.kernels = kernels;
        this.micros = micros.toArray(Micro[]::new);
        length = micros.get(0).out().length();
        assignStrips(inner, strips);
    }

    private void assignStrips(Set<Value> inner, List<float[]> strips) {
        Map<Value, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < micros.length; i++) {
            for (Value operand : micros[i].operands()) {
                lastUse.put(operand, i);
            }
        }
        Deque<float[]> free = new ArrayDeque<>(strips);
        for (int i = 0; i < micros.length; i++) {
            Value out = micros[i].out();
            if (!inner.contains(out)) {
                out.allocate();
                continue;
            }
            if (free.isEmpty()) {
                float[] more = new float[STRIP];
                strips.add(more);
                free.push(more);
            }
            out.strip = true;
            out.array = free.pop();
            for (Value operand : new LinkedHashSet<>(micros[i].operands())) {
                if (operand.strip && lastUse.getOrDefault(operand, -1) == i) {
                    free.push(operand.values());
                }
            }
        }
    }

    @Override
    public void run() {
        for (int start = 0; start < length; start += STRIP) {
            int n = Math.min(STRIP, length - start);
            for (Micro micro : micros) {
                run(micro, start, n);
            }
        }
    }

    private void run(Micro micro, int start, int n) {
        Value out = micro.out();
        List<Value> operands = micro.operands();
        int count = operands.size();
        Value a = count > 0 ? operands.get(0) : out;
        Value b = count > 1 ? operands.get(1) : out;
        Value c = count > 2 ? operands.get(2) : out;
        kernels.strip(
                micro.op(),
                n,
                out.values(),
                offset(out, start),
                a.values(),
                offset(a, start),
                b.values(),
                offset(b, start),
                c.values(),
                offset(c, start),
                out.values(),
                offset(out, start),
                micro.first(),
                micro.second());
    }

    private static int offset(Value value, int start) {
        return value.strip ? 0 : start;
    }
}
