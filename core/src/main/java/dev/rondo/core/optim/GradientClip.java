package dev.rondo.core.optim;

import dev.rondo.api.spi.UsageException;

/**
 * Limits on gradients, applied before the update: first each value, then the norm of each tensor, then the norm of all together.
 *
 * @param value largest magnitude of one value; infinite for no limit
 * @param tensorNorm largest Euclidean norm of one parameter's gradient; infinite for no limit
 * @param norm largest Euclidean norm over all parameters; infinite for no limit
 */
public record GradientClip(double value, double tensorNorm, double norm) {
    /** No limits. */
    public static final GradientClip NONE =
            new GradientClip(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    public GradientClip {
        for (double limit : new double[] {value, tensorNorm, norm}) {
            if (!(limit > 0)) {
                throw new UsageException("a limit on gradients is greater than 0, got " + limit);
            }
        }
    }

    /** A limit on the norm of all gradients together. */
    public static GradientClip byNorm(double limit) {
        return new GradientClip(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, limit);
    }

    /** A limit on the norm of each parameter's gradient. */
    public static GradientClip byTensorNorm(double limit) {
        return new GradientClip(Double.POSITIVE_INFINITY, limit, Double.POSITIVE_INFINITY);
    }

    /** A limit on each value. */
    public static GradientClip byValue(double limit) {
        return new GradientClip(limit, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Clips {@code gradients} in place.
     *
     * @return the norm of all gradients as they came; where it is not finite nothing is changed
     */
    public double apply(float[][] gradients) {
        double before = norm(gradients);
        if (!Double.isFinite(before)) {
            return before;
        }
        if (value < Double.POSITIVE_INFINITY) {
            clamp(gradients, (float) value);
        }
        if (tensorNorm < Double.POSITIVE_INFINITY) {
            for (float[] gradient : gradients) {
                scale(tensorNorm, gradient);
            }
        }
        if (norm < Double.POSITIVE_INFINITY) {
            scale(norm, gradients);
        }
        return before;
    }

    /** The Euclidean norm over all arrays, summed in double and in order. */
    public static double norm(float[]... gradients) {
        double sum = 0;
        for (float[] gradient : gradients) {
            for (float each : gradient) {
                sum += (double) each * each;
            }
        }
        return Math.sqrt(sum);
    }

    /** Makes the norm over all arrays {@code limit} if it is greater. */
    private static void scale(double limit, float[]... gradients) {
        double now = norm(gradients);
        if (now > limit) {
            double factor = limit / now;
            for (float[] gradient : gradients) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = (float) (gradient[i] * factor);
                }
            }
        }
    }

    private static void clamp(float[][] gradients, float limit) {
        for (float[] gradient : gradients) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
            }
        }
    }
}
