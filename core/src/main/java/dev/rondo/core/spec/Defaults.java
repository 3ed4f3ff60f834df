package dev.rondo.core.spec;

import dev.rondo.api.spi.Descriptor;
import java.util.List;

/**
 * What stands where the user names no plugin. They are specs like any other, so the plugins have to be on the class path where a
 * default is used.
 */
public final class Defaults {
    /** Layer that is appended where the last one is not as wide as the targets need; a size is added. */
    public static final String HEAD = "Linear";

    public static final String OPTIMIZER = "Adam_lr=0.01";

    private static final String SCHEDULE = "OneCycle";
    private static final String NO_SCHEDULE = "Constant";

    private Defaults() {}

    /** The schedule for an optimiser: what it names, none where it has no learning rate that one could change. */
    public static String schedule(Descriptor optimizer) {
        return optimizer.learningRate().isEmpty()
                ? NO_SCHEDULE
                : optimizer.schedule().orElse(SCHEDULE);
    }

    /** The loss for targets of which some are {@code classes}, or none. */
    public static String loss(boolean classes) {
        return classes ? "CrossEntropy" : "MSE";
    }

    /** The metrics for targets of which some are {@code classes}, or none. */
    public static List<String> metrics(boolean classes) {
        return classes ? List.of("Accuracy", "BitsPerCharacter") : List.of("MSE", "RMSE", "MAE");
    }
}
