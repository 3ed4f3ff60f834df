package dev.rondo.core.train;

import dev.rondo.core.trace.Parameter;
import java.util.List;

/** The gradients of all parameters together; sums run in double and in one order. */
final class Gradients {
    private Gradients() {}

    /** The norm of all values together. */
    static double norm(float[][] gradients) {
        double squares = 0;
        for (float[] each : gradients) {
            double own = 0;
            for (float value : each) {
                own += (double) value * value;
            }
            squares += own;
        }
        return Math.sqrt(squares);
    }

    /** Limits single values to ±{@code value}, then the norm to {@code norm}; 0 is no limit. */
    static void clip(float[][] gradients, double norm, double value) {
        if (value > 0) {
            float most = (float) value;
            for (float[] each : gradients) {
                for (int i = 0; i < each.length; i++) {
                    each[i] = Math.max(-most, Math.min(most, each[i]));
                }
            }
        }
        double now = norm > 0 ? norm(gradients) : 0;
        if (now > norm && norm > 0) {
            float factor = (float) (norm / now);
            for (float[] each : gradients) {
                for (int i = 0; i < each.length; i++) {
                    each[i] *= factor;
                }
            }
        }
    }

    static boolean finite(float[][] values) {
        for (float[] each : values) {
            for (float value : each) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Where the largest value stands; what is not finite counts as largest: {@code NaN in 1.LSTM/f.U}. */
    static String largest(float[][] gradients, List<Parameter> parameters) {
        float most = -1;
        int where = 0;
        for (int p = 0; p < gradients.length && Float.isFinite(most); p++) {
            for (float value : gradients[p]) {
                float size = Math.abs(value);
                if (!(size <= most)) {
                    most = size;
                    where = p;
                }
                if (!Float.isFinite(size)) {
                    break;
                }
            }
        }
        return most < 0 ? "none" : most + " in " + parameters.get(where).name();
    }
}
