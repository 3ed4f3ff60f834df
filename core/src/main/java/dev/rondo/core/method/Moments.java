package dev.rondo.core.method;

import dev.rondo.api.spi.Moment;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Settings;

/** When training methods are asked. */
public final class Moments {
    private Moments() {}

    /** When {@code method} is asked. */
    public static Moment of(Configured<TrainingMethod> method) {
        Settings settings = Settings.of(method);
        return settings.asked(() -> method.plugin().moment(settings));
    }

    static boolean eachStep(Configured<TrainingMethod> method) {
        return of(method) instanceof Moment.EachStep;
    }
}
