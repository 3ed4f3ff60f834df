package dev.rondo.core.trace;

import dev.rondo.api.spi.Activation;
import dev.rondo.core.spec.Configured;
import org.jspecify.annotations.Nullable;

/**
 * What takes the place of the sigmoid and the tanh in all cells of a model.
 *
 * @param sigmoid absent for the logistic function
 * @param tanh absent for the hyperbolic tangent
 */
public record Gates(
        @Nullable Configured<Activation> sigmoid, @Nullable Configured<Activation> tanh) {
    /** The functions of the papers. */
    public static final Gates STANDARD = new Gates(null, null);
}
