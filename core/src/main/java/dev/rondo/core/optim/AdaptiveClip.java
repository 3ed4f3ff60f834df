package dev.rondo.core.optim;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Role;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits the gradient of each unit by the size of the unit's weights (adaptive gradient clipping, arXiv 2102.06171).
 *
 * <pre>
 * g ← g · λ ‖w‖* / ‖g‖ where ‖g‖ &gt; λ ‖w‖*       ‖w‖* = max(‖w‖, 0.001)
 * </pre>
 *
 * <p>The unit of a matrix is a column, the weights through which the operand reaches one result (a row in the paper, where the matrix is
 * transposed); of a table a row, which is what is looked up. A vector is one unit, as in the authors' code. Gates are parameters of their
 * own, so each is limited by its own weights. A last layer that is not recurrent is left as it is: the paper clips all but the final linear layer,
 * and the bias of that one, zero at first, would take thousands of updates to reach the mean of the targets.
 */
public final class AdaptiveClip {
    /** What smaller norms of weights count as, so that weights can grow from zero. */
    private static final double LEAST = 1e-3;

    private final double ratio;
    private final List<Units> limited;

    /**
     * Limits for the parameters of {@code model}.
     *
     * @param ratio largest norm of a gradient, as a share of its weights' norm; 0.01 in the paper
     */
    public AdaptiveClip(TracedModel model, double ratio) {
        if (!(ratio > 0)) {
            throw new UsageException("a limit on gradients is greater than 0, got " + ratio);
        }
        this.ratio = ratio;
        limited = new ArrayList<>();
        int index = 0;
        for (TracedLayer layer : model.layers()) {
            boolean last = layer.position() == model.layers().size();
            for (Parameter each : layer.parameters()) {
                if (!last || layer.recurrent()) {
                    limited.add(Units.of(index, each));
                }
                index++;
            }
        }
        if (limited.isEmpty()) {
            throw new UsageException(
                    "clip-adaptive limits nothing here: it leaves a last layer that is not recurrent as it is, and no other layer has parameters");
        }
    }

    /**
     * Clips {@code gradients} in place; a unit whose gradient or weights are not finite is left as it is.
     *
     * @param weights at which the gradients were taken
     */
    public void apply(float[][] weights, float[][] gradients) {
        for (Units units : limited) {
            float[] gradient = gradients[units.parameter];
            double[] now = units.norms(gradient);
            double[] size = units.norms(weights[units.parameter]);
            double[] factors = new double[now.length];
            for (int unit = 0; unit < now.length; unit++) {
                double limit = ratio * Math.max(size[unit], LEAST);
                factors[unit] = now[unit] > limit && Double.isFinite(now[unit]) ? limit / now[unit] : 1;
            }
            units.scale(gradient, factors);
        }
    }

    /**
     * How the values of a parameter belong to units: {@code run} to the first, as many to the second and so on, and after the last of
     * {@code count} to the first again.
     *
     * @param parameter position among the model's parameters
     */
    private record Units(int parameter, int count, int run) {
        static Units of(int index, Parameter parameter) {
            Shape shape = parameter.shape();
            if (!shape.has(Axis.ROWS) || !shape.has(Axis.COLUMNS)) {
                return new Units(index, 1, shape.length());
            }
            int columns = shape.size(Axis.COLUMNS);
            return parameter.role() == Role.EMBEDDING
                    ? new Units(index, shape.size(Axis.ROWS), columns)
                    : new Units(index, columns, 1);
        }

        double[] norms(float[] values) {
            double[] norms = new double[count];
            for (int i = 0; i < values.length; ) {
                for (int unit = 0; unit < count; unit++) {
                    for (int end = i + run; i < end; i++) {
                        norms[unit] += (double) values[i] * values[i];
                    }
                }
            }
            for (int unit = 0; unit < count; unit++) {
                norms[unit] = Math.sqrt(norms[unit]);
            }
            return norms;
        }

        void scale(float[] values, double[] factors) {
            for (int i = 0; i < values.length; ) {
                for (int unit = 0; unit < count; unit++) {
                    for (int end = i + run; i < end; i++) {
                        values[i] = (float) (values[i] * factors[unit]);
                    }
                }
            }
        }
    }
}
