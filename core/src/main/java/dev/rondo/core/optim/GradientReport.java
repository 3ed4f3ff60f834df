package dev.rondo.core.optim;

import dev.rondo.core.trace.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * Where gradients are large or not finite, for the message of a run that diverged.
 *
 * @param broken name of the first parameter whose gradient has a value that is not finite
 * @param largest name of the parameter with the largest gradient among those that are finite throughout; empty if none is
 * @param magnitude of that gradient
 */
public record GradientReport(Optional<String> broken, Optional<String> largest, double magnitude) {
    /** Of a parameter with a value that is not finite, the others say nothing. */
    public static GradientReport of(List<Parameter> parameters, float[][] gradients) {
        Optional<String> broken = Optional.empty();
        Optional<String> largest = Optional.empty();
        double magnitude = 0;
        for (int i = 0; i < gradients.length; i++) {
            String name = parameters.get(i).name();
            float most = 0;
            for (float each : gradients[i]) {
                most = Float.isFinite(each) ? Math.max(most, Math.abs(each)) : Float.POSITIVE_INFINITY;
                if (most == Float.POSITIVE_INFINITY) {
                    break;
                }
            }
            if (most == Float.POSITIVE_INFINITY) {
                broken = broken.isPresent() ? broken : Optional.of(name);
            } else if (gradients[i].length > 0 && (largest.isEmpty() || most > magnitude)) {
                largest = Optional.of(name);
                magnitude = most;
            }
        }
        return new GradientReport(broken, largest, magnitude);
    }

    /** Whether every value is finite. */
    public boolean finite() {
        return broken.isEmpty();
    }

    /** One sentence: {@code the gradient of 1.LSTM/f.W is not finite; the largest finite one, 3.1e+30, is that of …}. */
    public String sentence() {
        String size = String.format(java.util.Locale.ROOT, "%.3g", magnitude);
        String finite = largest.map(name -> size + ", is that of " + name).orElse("");
        return broken.map(name -> "the gradient of " + name + " is not finite"
                        + (finite.isEmpty() ? "" : "; the largest finite one, " + finite))
                .orElse(finite.isEmpty() ? "there are no gradients" : "the largest gradient, " + finite);
    }
}
