package dev.rondo.core.spec;

import java.util.List;

/**
 * What stands where the user names no plugin. They are specs like any other, so the plugins have to be on the class path where a
 * default is used.
 */
public final class Defaults {
    /** Layer that is appended where the last one is not as wide as the targets need; a size is added. */
    public static final String HEAD = "Linear";

    public static final String OPTIMIZER = "Adam_lr=0.01";
    public static final String SCHEDULE = "OneCycle";

    private Defaults() {}

    /** The loss for targets of which some are {@code classes}, or none. */
    public static String loss(boolean classes) {
        return classes ? "CrossEntropy" : "MSE";
    }

    /** The metrics for targets of which some are {@code classes}, or none. */
    public static List<String> metrics(boolean classes) {
        return classes ? List.of("Accuracy", "BitsPerCharacter") : List.of("MSE", "RMSE", "MAE");
    }
}
