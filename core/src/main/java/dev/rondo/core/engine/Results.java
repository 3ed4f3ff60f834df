package dev.rondo.core.engine;

import dev.rondo.api.expr.Expr;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.kernels.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gradients by the parameters: sums over rows, or what equations make of such sums. */
final class Results {
    private final Reductions reductions;
    private final List<Expr> leaves;
    /** For each gradient the sum that it is, negative where it is none. */
    private final int[] direct;
    /** For each gradient the output of the program that it is, negative where it is none. */
    private final int[] derived;

    private final @Nullable ArrayProgram program;
    private final boolean alone;
    private final float[] @Nullable [] elsewhere;

    /**
     * The gradients.
     *
     * @param leaves of the values that a run is given, in their order
     * @param alone whether nothing but the gradients may read the sums
     */
    Results(
            Kernels kernels,
            List<@Nullable Expr> gradients,
            List<Expr> leaves,
            Reductions reductions,
            WeightDraws draws,
            boolean alone) {
        this.reductions = reductions;
        this.leaves = leaves;
        direct = new int[gradients.size()];
        derived = new int[gradients.size()];
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < direct.length; i++) {
            Expr gradient = gradients.get(i);
            direct[i] = reductions.indexOf(gradient);
            derived[i] = -1;
            if (gradient != null && direct[i] < 0) {
                derived[i] = outputs.size();
                outputs.add(gradient);
            }
        }
        program = outputs.isEmpty() ? null : compile(kernels, outputs, draws);
        this.alone = alone && program == null;
        elsewhere = new float[reductions.count()][];
    }

    private ArrayProgram compile(Kernels kernels, List<Expr> outputs, WeightDraws draws) {
        Map<Expr, float[]> sums = reductions.values();
        ArrayProgram made = ArrayProgram.compile(kernels, outputs, sums.keySet());
        sums.forEach(made::bind);
        draws.bind(made);
        return made;
    }

    /** For each sum the gradient that it is, if it may be written there at once. */
    float[] @Nullable [] places(float[][] gradients) {
        if (alone) {
            for (int i = gradients.length - 1; i >= 0; i--) { // parameters that do the same have one sum
                if (direct[i] >= 0) {
                    elsewhere[direct[i]] = gradients[i];
                }
            }
        }
        return elsewhere;
    }

    /** Completes the gradients when all sums are there. */
    void finish(float[][] values, float[][] gradients) {
        ArrayProgram made = program;
        if (made != null) {
            for (int i = 0; i < leaves.size(); i++) {
                made.bind(leaves.get(i), values[i]);
            }
            made.run();
        }
        for (int i = 0; i < gradients.length; i++) {
            if (direct[i] >= 0) {
                float[] there = elsewhere[direct[i]];
                float[] sum = there == null ? reductions.value(direct[i]) : there;
                if (sum != gradients[i]) {
                    System.arraycopy(sum, 0, gradients[i], 0, gradients[i].length);
                }
            } else if (derived[i] >= 0 && made != null) {
                made.copy(derived[i], gradients[i]);
            } else {
                Arrays.fill(gradients[i], 0);
            }
        }
    }
}
