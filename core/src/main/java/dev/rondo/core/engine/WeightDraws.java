package dev.rondo.core.engine;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.arrays.ArrayProgram;
import java.util.IdentityHashMap;
import java.util.Map;

/** Random draws in the shape of a weight, the same for all rows: DropConnect. */
final class WeightDraws {
    private final Map<Expr, float[]> arrays = new IdentityHashMap<>();

    /** Lets {@code program} read the draws that it needs. */
    void bind(ArrayProgram program) {
        for (Expr leaf : program.leaves()) {
            if (leaf.op() == Op.RANDOM) {
                program.bind(
                        leaf,
                        arrays.computeIfAbsent(
                                leaf, any -> new float[leaf.shape().length()]));
            }
        }
    }

    /** Draws anew, before a run. */
    void draw(RandomKey key) {
        arrays.forEach((leaf, values) -> RandomDraws.fill(leaf, key, 0, 0, values, 0, values.length));
    }
}
